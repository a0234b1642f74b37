using CrossStitch.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), Console.Error);
