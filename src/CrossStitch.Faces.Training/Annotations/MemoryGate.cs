namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// Lets threads in as long as what they take together stays within a budget, and makes the others wait. Who asks for more
/// than the whole budget is let in alone. The largest array that was used within is kept for the next who needs one: left to
/// the collector, arrays of many megabytes pile up.
/// </summary>
/// <param name="budget">The bytes that may be taken at once.</param>
internal sealed class MemoryGate(long budget)
{
    private readonly object _left = new();
    private long _taken;
    private byte[]? _spare;

    /// <summary>The most bytes that were ever taken at once.</summary>
    public long Peak { get; private set; }

    /// <summary>Waits until there is room. A thread must not ask again before it has left.</summary>
    /// <param name="bytes">What will be taken.</param>
    /// <returns>What leaves the gate when it is disposed.</returns>
    public Place Enter(long bytes)
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

    private byte[] Room(int length)
    {
        lock (_left)
        {
            var spare = _spare;
            _spare = null;
            return spare?.Length >= length ? spare : new byte[length];
        }
    }

    private void Leave(long bytes, byte[]? room)
    {
        lock (_left)
        {
            _taken -= bytes;
            _spare = room?.Length > (_spare?.Length ?? 0) ? room : _spare;
            Monitor.PulseAll(_left);
        }
    }

    /// <summary>A place within the gate; who disposes it leaves.</summary>
    public sealed class Place(MemoryGate gate, long bytes) : IDisposable
    {
        private byte[]? _room;

        /// <summary>An array to use until the place is left; asked for once. What is in it is of no meaning.</summary>
        /// <param name="length">Its least length.</param>
        public byte[] Room(int length) => _room = gate.Room(length);

        public void Dispose() => gate.Leave(bytes, _room);
    }
}
