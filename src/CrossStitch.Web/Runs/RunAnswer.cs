namespace CrossStitch.Web.Runs;

/// <summary>A run with its curves.</summary>
/// <param name="Id">By which it is asked for.</param>
/// <param name="State"><c>waiting</c>, <c>running</c> or <c>finished</c>.</param>
/// <param name="Epoch">Epochs that are done.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Curves">What was measured after each epoch.</param>
public sealed record RunAnswer(string Id, string State, int Epoch, int Epochs, IReadOnlyList<CurveAnswer> Curves);
