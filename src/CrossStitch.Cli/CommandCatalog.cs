using CrossStitch.Experiments.Catalogs;
using CrossStitch.Faces.Training;

namespace CrossStitch.Cli;

/// <summary>What the recipes of the command can name.</summary>
internal static class CommandCatalog
{
    /// <summary>The engine that only the program with TorchSharp has.</summary>
    public const string Torch = "torch";

    /// <summary>A catalog that knows faces, and says where the engine is that it leaves out.</summary>
    public static Catalog Create()
    {
        var catalog = FaceCatalog.Create();
        catalog.Engines.Elsewhere[Torch] = "The same command with TorchSharp has it: dotnet run -c Release --project src/CrossStitch.Cli.Torch -- (and what you wrote after crossstitch).";
        return catalog;
    }
}
