namespace CrossStitch.Experiments.Runs;

/// <summary>What kind of file a run is exported as.</summary>
public enum ExportFormat
{
    /// <summary>A <c>.xstitch</c> file, which <c>CrossStitch.Kernels</c> runs alone.</summary>
    Xstitch,

    /// <summary>An <c>.onnx</c> file, for ONNX Runtime and whatever else reads ONNX.</summary>
    Onnx,
}
