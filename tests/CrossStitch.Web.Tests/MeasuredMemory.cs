namespace CrossStitch.Web.Tests;

/// <summary>Tests that measure the memory of the process run alone, after the others: what those hold would be counted, too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredMemory
{
    /// <summary>The collection's name.</summary>
    public const string Name = "measured memory";
}
