using CrossStitch.Fuzz;
using CrossStitch.Fuzz.Runs;

if (args is [WorkerOptions.Word, ..])
{
    Worker.Run(WorkerOptions.Parse(args));
    return 0;
}

return FuzzCommand.Run(args);
