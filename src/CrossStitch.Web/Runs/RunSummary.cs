namespace CrossStitch.Web.Runs;

/// <summary>How far a run is.</summary>
/// <param name="Id">By which it is asked for.</param>
/// <param name="State"><c>waiting</c>, <c>running</c> or <c>finished</c>.</param>
/// <param name="Epoch">Epochs that are done.</param>
/// <param name="Epochs">Epochs in all.</param>
public sealed record RunSummary(string Id, string State, int Epoch, int Epochs);
