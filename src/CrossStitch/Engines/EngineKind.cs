namespace CrossStitch.Engines;

/// <summary>What computes the towers.</summary>
public enum EngineKind
{
    /// <summary>The fused engine where it applies, else TorchSharp's modules.</summary>
    Auto,

    /// <summary>The CPU kernels of CrossStitch.Kernels, as one autograd node.</summary>
    Fused,

    /// <summary>TorchSharp's own modules, one after the other.</summary>
    Eager,
}
