using System.Buffers;
using CrossStitch.Web.Problems;

namespace CrossStitch.Web.Requests;

/// <summary>A photo's file as a client sends it. It takes memory only for what has arrived, and from a common account.</summary>
/// <param name="held">The account.</param>
/// <param name="most">The most bytes.</param>
internal sealed class PhotoFile(HeldBytes held, int most) : IDisposable
{
    private const int FirstRoom = 64 << 10;

    private byte[] _room = [];
    private int _length;
    private int _taken;

    /// <summary>What arrived; good until this is disposed.</summary>
    public ArraySegment<byte> Content => new(_room, 0, _length);

    /// <summary>Receives a file.</summary>
    /// <param name="stream">Where it comes from.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="RequestProblem">It is too large, or there is no room for it.</exception>
    public async Task Receive(Stream stream, CancellationToken cancellation)
    {
        while (true)
        {
            if (_length == _room.Length)
            {
                Grow();
            }

            var read = await stream.ReadAsync(_room.AsMemory(_length), cancellation);
            if (read == 0)
            {
                return;
            }

            _length += read;
            if (_length > most)
            {
                throw RequestProblem.TooLarge(most);
            }
        }
    }

    public void Dispose()
    {
        Return(_room);
        held.GiveBack(_taken);
        (_room, _length, _taken) = ([], 0, 0);
    }

    private void Grow()
    {
        // Room for one byte more than is allowed: it tells a file that is too large from one that just fits.
        var wanted = (int)Math.Min(most + 1L, Math.Max(FirstRoom, 2L * _length));
        held.Take(wanted - _taken);
        _taken = wanted;
        var larger = ArrayPool<byte>.Shared.Rent(wanted);
        _room.AsSpan(0, _length).CopyTo(larger);
        Return(_room);
        _room = larger;
    }

    private static void Return(byte[] room)
    {
        if (room.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}
