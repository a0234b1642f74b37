namespace CrossStitch.Experiments.Recipes;

/// <summary>What computes a network.</summary>
public enum EngineKind
{
    /// <summary>The CPU kernels.</summary>
    Auto,

    /// <summary>The CPU kernels, by name.</summary>
    Fused,

    /// <summary>TorchSharp, as recipes of version 0.1.0 can ask for; this program is built without it.</summary>
    Eager,
}
