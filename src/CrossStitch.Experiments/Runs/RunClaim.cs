namespace CrossStitch.Experiments.Runs;

internal sealed class RunClaim(FolderLock alone) : IDisposable
{
    public static RunClaim? TryTake(string folder)
    {
        try
        {
            return new RunClaim(new FolderLock(folder));
        }
        catch (CrossStitchException error) when (error.Message.Contains("another process"))
        {
            return null;
        }
    }

    public void EnsureHeld() => ObjectDisposedException.ThrowIf(alone is null, this);

    public void Dispose() => alone.Dispose();
}
