namespace CrossStitch.Cli.Display;

/// <summary>How far some work is, and how long it will still take.</summary>
/// <param name="name">What it is.</param>
/// <param name="clock">Measures the time that it takes.</param>
internal sealed class Bar(string name, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private volatile Amount _amount = new(name, 0, 0, 1, 0);

    /// <summary>What it is.</summary>
    public string Name => _amount.Name;

    /// <summary>The part that is done, 0..1.</summary>
    public double Share => Math.Clamp(_amount.Done / _amount.Total, 0, 1);

    /// <summary>Seconds that it will still take, at the speed so far; null before there is one, and at the end.</summary>
    public double? SecondsLeft
    {
        get
        {
            var now = _amount;
            var worked = now.Done - now.Before;
            if (worked <= 0 || now.Done >= now.Total)
            {
                return null;
            }

            // It goes down between two reports, too.
            var left = now.Seconds * (now.Total - now.Done) / worked;
            return Math.Max(0, left - (Seconds - now.Seconds));
        }
    }

    private double Seconds => clock.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Says how far it is.</summary>
    /// <param name="done">What is done.</param>
    /// <param name="total">What there is to do.</param>
    /// <param name="before">What of it took no time here: done earlier, or left out. The time left is judged by the rest.</param>
    /// <param name="name">What it is called from now on; as before if null.</param>
    public void Report(double done, double total, double before = 0, string? name = null) =>
        _amount = new(name ?? Name, done, before, Math.Max(total, double.Epsilon), Seconds);

    // Replaced whole, for another thread draws it.
    private sealed record Amount(string Name, double Done, double Before, double Total, double Seconds);
}
