namespace CrossStitch.Experiments.Runs;

internal sealed class ClaimWatch
{
    private int _taken;

    public RunClaim? TryTake(string folder) => RunClaim.TryTake(folder) is { } claim && ++_taken > 0 ? claim : null;
}
