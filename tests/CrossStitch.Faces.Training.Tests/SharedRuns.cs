namespace CrossStitch.Faces.Training.Tests;

/// <summary>Classes that train run one after another, on the same faces: side by side they would only wait for each other.</summary>
[CollectionDefinition(SmallRuns.Name)]
public sealed class SharedRuns : ICollectionFixture<SmallRuns>;
