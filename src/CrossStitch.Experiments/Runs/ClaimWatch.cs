namespace CrossStitch.Experiments.Runs;

internal sealed class ClaimWatch
{
    public RunClaim? TryTake(string folder) => RunClaim.TryTake(folder);
}
