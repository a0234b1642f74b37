namespace CrossStitch.Kernels;

/// <summary>
/// Lets one call in at a time, and tells who frees what the call uses: whoever closes the gate if nobody is inside, else the
/// call that leaves last.
/// </summary>
/// <param name="busy">What to say to a call that comes while another is inside.</param>
internal sealed class CallGate(string busy)
{
    private const int Inside = 1;
    private const int Closed = 2;

    private int _state;

    /// <summary>Goes in.</summary>
    /// <param name="owner">What is called.</param>
    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    /// <exception cref="InvalidOperationException">Another call is inside.</exception>
    public void Enter(object owner)
    {
        var before = Interlocked.CompareExchange(ref _state, Inside, 0);
        ObjectDisposedException.ThrowIf((before & Closed) != 0, owner);
        if (before != 0)
        {
            throw new InvalidOperationException(busy);
        }
    }

    /// <summary>Goes out.</summary>
    /// <returns>Whether the gate was closed meanwhile, so that the caller frees.</returns>
    public bool Leave() => (Interlocked.And(ref _state, ~Inside) & Closed) != 0;

    /// <summary>Closes the gate for good.</summary>
    /// <returns>Whether nobody is inside and it was open, so that the caller frees.</returns>
    public bool Close() => Interlocked.Or(ref _state, Closed) == 0;
}
