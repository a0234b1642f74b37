using System.Numerics;
using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>
/// Sums of rows times gradients, over the terms whose bits are set: all that the backward pass consists of. Sums stay
/// in registers; a term is one load and one multiply-add a vector.
/// </summary>
internal static unsafe class RowSum
{
    /// <summary>Adds to three destinations, three vectors each.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="set">Which of them: bit i for term i.</param>
    /// <param name="fromA">First group: where rows with offset 0 start.</param>
    /// <param name="fromB">Second group.</param>
    /// <param name="fromC">Third group.</param>
    /// <param name="toA">Where the first group's sums are added.</param>
    /// <param name="toB">The second's.</param>
    /// <param name="toC">The third's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Wide<TLanes, TVector, TTerms>(TTerms terms, ulong set, float* fromA, float* fromB, float* fromC, float* toA, float* toB, float* toC)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TTerms : struct, ITerms
    {
        var zero = TLanes.Spread(0);
        TVector a0 = zero, a1 = zero, a2 = zero, b0 = zero, b1 = zero, b2 = zero, c0 = zero, c1 = zero, c2 = zero;
        for (; set != 0; set &= set - 1)
        {
            var gradient = TLanes.Spread(terms.Term(BitOperations.TrailingZeroCount(set), out var offset));
            a0 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromA + offset), a0);
            a1 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromA + offset + TLanes.Count), a1);
            a2 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromA + offset + (2 * TLanes.Count)), a2);
            b0 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromB + offset), b0);
            b1 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromB + offset + TLanes.Count), b1);
            b2 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromB + offset + (2 * TLanes.Count)), b2);
            c0 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromC + offset), c0);
            c1 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromC + offset + TLanes.Count), c1);
            c2 = TLanes.MultiplyAdd(gradient, TLanes.Load(fromC + offset + (2 * TLanes.Count)), c2);
        }

        // One after the other: groups beyond the patch repeat its start, where two of these may meet.
        AddTo<TLanes, TVector>(toA, a0);
        AddTo<TLanes, TVector>(toA + TLanes.Count, a1);
        AddTo<TLanes, TVector>(toA + (2 * TLanes.Count), a2);
        AddTo<TLanes, TVector>(toB, b0);
        AddTo<TLanes, TVector>(toB + TLanes.Count, b1);
        AddTo<TLanes, TVector>(toB + (2 * TLanes.Count), b2);
        AddTo<TLanes, TVector>(toC, c0);
        AddTo<TLanes, TVector>(toC + TLanes.Count, c1);
        AddTo<TLanes, TVector>(toC + (2 * TLanes.Count), c2);
    }

    /// <summary>Adds to six destinations, a vector each; two terms at a time, for one alone would wait for the last.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="set">Which of them: bit i for term i.</param>
    /// <param name="from">Where rows with offset 0 start.</param>
    /// <param name="fromOffsets">Offset of each vector from there.</param>
    /// <param name="to">Where sums are added.</param>
    /// <param name="offsets">Offset of each sum from there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow<TLanes, TVector, TTerms>(TTerms terms, ulong set, float* from, int* fromOffsets, float* to, int* offsets)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TTerms : struct, ITerms
    {
        var zero = TLanes.Spread(0);
        TVector one0 = zero, one1 = zero, one2 = zero, one3 = zero, one4 = zero, one5 = zero;
        TVector two0 = zero, two1 = zero, two2 = zero, two3 = zero, two4 = zero, two5 = zero;
        var from0 = from + fromOffsets[0];
        var from1 = from + fromOffsets[1];
        var from2 = from + fromOffsets[2];
        var from3 = from + fromOffsets[3];
        var from4 = from + fromOffsets[4];
        var from5 = from + fromOffsets[5];
        while (set != 0)
        {
            var oneGradient = TLanes.Spread(terms.Term(BitOperations.TrailingZeroCount(set), out var oneOffset));
            set &= set - 1;
            var (twoGradient, twoOffset) = (zero, oneOffset);
            if (set != 0)
            {
                twoGradient = TLanes.Spread(terms.Term(BitOperations.TrailingZeroCount(set), out twoOffset));
                set &= set - 1;
            }

            one0 = TLanes.MultiplyAdd(oneGradient, TLanes.Load(from0 + oneOffset), one0);
            one1 = TLanes.MultiplyAdd(oneGradient, TLanes.Load(from1 + oneOffset), one1);
            one2 = TLanes.MultiplyAdd(oneGradient, TLanes.Load(from2 + oneOffset), one2);
            one3 = TLanes.MultiplyAdd(oneGradient, TLanes.Load(from3 + oneOffset), one3);
            one4 = TLanes.MultiplyAdd(oneGradient, TLanes.Load(from4 + oneOffset), one4);
            one5 = TLanes.MultiplyAdd(oneGradient, TLanes.Load(from5 + oneOffset), one5);
            two0 = TLanes.MultiplyAdd(twoGradient, TLanes.Load(from0 + twoOffset), two0);
            two1 = TLanes.MultiplyAdd(twoGradient, TLanes.Load(from1 + twoOffset), two1);
            two2 = TLanes.MultiplyAdd(twoGradient, TLanes.Load(from2 + twoOffset), two2);
            two3 = TLanes.MultiplyAdd(twoGradient, TLanes.Load(from3 + twoOffset), two3);
            two4 = TLanes.MultiplyAdd(twoGradient, TLanes.Load(from4 + twoOffset), two4);
            two5 = TLanes.MultiplyAdd(twoGradient, TLanes.Load(from5 + twoOffset), two5);
        }

        AddTo<TLanes, TVector>(to + offsets[0], TLanes.Add(one0, two0));
        AddTo<TLanes, TVector>(to + offsets[1], TLanes.Add(one1, two1));
        AddTo<TLanes, TVector>(to + offsets[2], TLanes.Add(one2, two2));
        AddTo<TLanes, TVector>(to + offsets[3], TLanes.Add(one3, two3));
        AddTo<TLanes, TVector>(to + offsets[4], TLanes.Add(one4, two4));
        AddTo<TLanes, TVector>(to + offsets[5], TLanes.Add(one5, two5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<TLanes, TVector>(float* to, TVector value)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Store(TLanes.Add(TLanes.Load(to), value), to);
}
