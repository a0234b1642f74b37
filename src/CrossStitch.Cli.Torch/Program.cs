using CrossStitch.Cli;
using CrossStitch.Cli.Errors;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Torch.Engines;
using TorchSharp;

var catalog = CommandCatalog.Create();
catalog.Engines.Add(new EngineDefinition(CommandCatalog.Torch, (network, threads) =>
{
    torch.set_num_threads(threads);
    return new TorchEngine(network);
}));
return await CommandLine.RunAsync(args, Terminal.OfProcess(), GuardedWriter.ForProgress(Console.Error), catalog);
