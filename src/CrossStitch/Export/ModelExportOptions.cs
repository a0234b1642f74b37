using CrossStitch.Kernels.Models;

namespace CrossStitch.Export;

/// <summary>What a model file says of a network besides what the network itself knows.</summary>
public sealed record ModelExportOptions
{
    /// <summary>How a picture is cut and raw values become the network's input.</summary>
    public InputFormat Input { get; init; } = new();

    /// <summary>By task name: what each of its outputs is called, one label an output, in place of the task's own <see cref="Tasks.LearningTask.OutputNames"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>By name of a regression task: in what its outputs are measured, such as <see cref="NetworkHead.BoxUnit"/>.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>Anything else worth knowing.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
