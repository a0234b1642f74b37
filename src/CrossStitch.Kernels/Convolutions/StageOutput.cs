using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>
/// What follows a stage's sums: bias, 2×2 max pooling if asked for, ReLU, and for the backward pass the number of the
/// position that passed. A sum that is no number wins over every number, and stays none, as in TorchSharp.
/// </summary>
/// <param name="pool">Whether four positions become one output, or four.</param>
/// <param name="bias">A bias a channel of the tile.</param>
/// <param name="output">The first output's first channel.</param>
/// <param name="channels">Floats from one output to the next.</param>
/// <param name="winners">Receives the position that passed, or <see cref="Stopped"/>, a byte an output; null if nobody will ask.</param>
internal readonly unsafe struct StageOutput(bool pool, float* bias, float* output, nint channels, byte* winners) : ITileOutput
{
    /// <summary>Where ReLU stopped an output, so that no position receives its gradient.</summary>
    public const byte Stopped = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<TLanes, TVector>(int position, nint channel, TVector a, TVector b, TVector c, TVector d)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (pool)
        {
            var upper = Greater<TLanes, TVector>(a, TLanes.Spread(0), b, TLanes.Spread(1), out var upperAt);
            var lower = Greater<TLanes, TVector>(c, TLanes.Spread(2), d, TLanes.Spread(3), out var lowerAt);
            var best = Greater<TLanes, TVector>(upper, upperAt, lower, lowerAt, out var bestAt);
            Finish<TLanes, TVector>(position / 4, channel, best, bestAt);
        }
        else
        {
            var at = TLanes.Spread(0);
            Finish<TLanes, TVector>(position, channel, a, at);
            Finish<TLanes, TVector>(position + 1, channel, b, at);
            Finish<TLanes, TVector>(position + 2, channel, c, at);
            Finish<TLanes, TVector>(position + 3, channel, d, at);
        }
    }

    /// <summary>Takes a vector of output channels of two neighbours that are not pooled.</summary>
    /// <param name="a">The first position's sums.</param>
    /// <param name="b">The second's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutTwo<TLanes, TVector>(TVector a, TVector b)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Finish<TLanes, TVector>(0, 0, a, TLanes.Spread(0));
        Finish<TLanes, TVector>(1, 0, b, TLanes.Spread(0));
    }

    /// <summary>The greater of two, and its place; the first of equals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Greater<TLanes, TVector>(TVector first, TVector firstAt, TVector second, TVector secondAt, out TVector at)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var wins = TLanes.Exceeds(second, first);
        at = TLanes.Select(wins, secondAt, firstAt);
        return TLanes.Select(wins, second, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<TLanes, TVector>(int number, nint channel, TVector sum, TVector at)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var to = (number * channels) + channel;
        var value = TLanes.Add(sum, TLanes.Load(bias + channel));
        var passes = TLanes.Passes(value);
        TLanes.Store(TLanes.Select(passes, value, TLanes.Spread(0)), output + to);
        if (winners != null)
        {
            TLanes.StoreBytes(TLanes.Select(passes, at, TLanes.Spread(Stopped)), winners + to);
        }
    }
}
