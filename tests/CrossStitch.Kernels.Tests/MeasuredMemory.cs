namespace CrossStitch.Kernels.Tests;

/// <summary>Tests that measure memory or threads of the process: nothing runs beside them, for it would be measured too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredMemory
{
    /// <summary>What the attributes of the test classes call it.</summary>
    public const string Name = "measured memory";
}
