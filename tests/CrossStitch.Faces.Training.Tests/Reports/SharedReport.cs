namespace CrossStitch.Faces.Training.Tests.Reports;

/// <summary>Lets the classes that read the report share one.</summary>
[CollectionDefinition(WrittenReport.Name)]
public sealed class SharedReport : ICollectionFixture<WrittenReport>;
