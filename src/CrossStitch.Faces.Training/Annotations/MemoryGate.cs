namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// Lets threads in as long as what they take together stays within a budget, and makes the others wait. Who asks for more
/// than the whole budget is let in alone.
/// </summary>
/// <param name="budget">The bytes that may be taken at once.</param>
internal sealed class MemoryGate(long budget)
{
    private readonly object _left = new();
    private long _taken;

    /// <summary>The most bytes that were ever taken at once.</summary>
    public long Peak { get; private set; }

    /// <summary>Waits until there is room. A thread must not ask again before it has left.</summary>
    /// <param name="bytes">What will be taken.</param>
    /// <returns>What leaves the gate when it is disposed.</returns>
    public IDisposable Enter(long bytes)
    {
        lock (_left)
        {
            while (_taken > 0 && _taken + bytes > budget)
            {
                Monitor.Wait(_left);
            }

            _taken += bytes;
            Peak = Math.Max(Peak, _taken);
        }

        return new Place(this, bytes);
    }

    private void Leave(long bytes)
    {
        lock (_left)
        {
            _taken -= bytes;
            Monitor.PulseAll(_left);
        }
    }

    private sealed class Place(MemoryGate gate, long bytes) : IDisposable
    {
        public void Dispose() => gate.Leave(bytes);
    }
}
