using CrossStitch.Cli;
using CrossStitch.Cli.Errors;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), GuardedWriter.ForProgress(Console.Error), CommandCatalog.Create());
