namespace CrossStitch.Experiments.Runs;

/// <summary>
/// What a process has seen of the claims of other machines: it remembers since when each says the same, so that a process
/// that goes round many runs waits for none of them. Times are by this process's own clock. Safe to use from several threads.
/// </summary>
/// <param name="clock">The clock; the system's if none is given.</param>
internal sealed class ClaimWatch(TimeProvider? clock = null)
{
    private readonly Dictionary<string, Sight> _seen = [];

    /// <summary>A process whose claim says the same for so long is dead.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    /// <summary>Claims a run; null if another process is at work on it, or may be.</summary>
    /// <param name="folder">The run's folder, which is made if it is not there.</param>
    /// <exception cref="CrossStitchException">The folder cannot be written to.</exception>
    public RunClaim? TryTake(string folder) => RunClaim.TryTake(folder, this, out _);

    /// <summary>Looks at a claim.</summary>
    /// <param name="folder">Whose.</param>
    /// <param name="claim">What it says.</param>
    /// <returns>Whether its owner is dead; null if that is not known yet: it has not changed since the first look.</returns>
    public bool? IsDead(string folder, string claim)
    {
        lock (_seen)
        {
            var (now, known) = (Clock.GetTimestamp(), _seen.GetValueOrDefault(folder));
            if (known?.Claim != claim)
            {
                _seen[folder] = new Sight(claim, now, HasChanged: known is not null);
                return known is null ? null : false;
            }

            return Clock.GetElapsedTime(known.Since, now) >= Patience ? true : known.HasChanged ? false : null;
        }
    }

    /// <summary>Forgets a claim that is no more.</summary>
    /// <param name="folder">Whose.</param>
    public void Forget(string folder)
    {
        lock (_seen)
        {
            _seen.Remove(folder);
        }
    }

    private sealed record Sight(string Claim, long Since, bool HasChanged);
}
