using CrossStitch.Web.Problems;

namespace CrossStitch.Web.Requests;

/// <summary>Counts the bytes that all requests hold together, and refuses what is too much.</summary>
/// <param name="most">The most.</param>
internal sealed class HeldBytes(long most)
{
    private long _held;

    /// <summary>Bytes that are held now.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Takes some.</summary>
    /// <param name="bytes">How many.</param>
    /// <exception cref="RequestProblem">There are not so many left.</exception>
    public void Take(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) > most)
        {
            GiveBack(bytes);
            throw RequestProblem.Busy(1);
        }
    }

    /// <summary>Gives some back.</summary>
    /// <param name="bytes">How many.</param>
    public void GiveBack(int bytes) => Interlocked.Add(ref _held, -bytes);
}
