using CrossStitch.Cli;
using CrossStitch.Cli.Errors;
using CrossStitch.Faces.Training;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), GuardedWriter.ForProgress(Console.Error), FaceCatalog.Create());
