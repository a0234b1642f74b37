using System.Runtime.CompilerServices;

namespace CrossStitch.Benchmarks.Machines;

/// <summary>The most multiply-adds that a core can do: twelve sums that wait for nothing but themselves, in registers.</summary>
/// <typeparam name="TFma">The arithmetic.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal static class FmaKernel<TFma, TVector>
    where TFma : struct, IFma<TVector>
    where TVector : struct
{
    /// <summary>Floating-point operations of a step: a multiplication and an addition in every lane of every sum.</summary>
    public static int OperationsAStep => 2 * 12 * TFma.Lanes;

    /// <summary>Does some steps; gives a number that depends on all of them.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="factor">Below 1, so that sums stay finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Run(int steps, float factor)
    {
        var f = TFma.Create(factor);
        var one = TFma.Create(1);
        TVector s0 = one, s1 = one, s2 = one, s3 = one, s4 = one, s5 = one, s6 = one, s7 = one, s8 = one, s9 = one, s10 = one, s11 = one;
        for (var i = 0; i < steps; i++)
        {
            s0 = TFma.MultiplyAdd(s0, f, one);
            s1 = TFma.MultiplyAdd(s1, f, one);
            s2 = TFma.MultiplyAdd(s2, f, one);
            s3 = TFma.MultiplyAdd(s3, f, one);
            s4 = TFma.MultiplyAdd(s4, f, one);
            s5 = TFma.MultiplyAdd(s5, f, one);
            s6 = TFma.MultiplyAdd(s6, f, one);
            s7 = TFma.MultiplyAdd(s7, f, one);
            s8 = TFma.MultiplyAdd(s8, f, one);
            s9 = TFma.MultiplyAdd(s9, f, one);
            s10 = TFma.MultiplyAdd(s10, f, one);
            s11 = TFma.MultiplyAdd(s11, f, one);
        }

        var low = TFma.Add(TFma.Add(TFma.Add(s0, s1), TFma.Add(s2, s3)), TFma.Add(s4, s5));
        var high = TFma.Add(TFma.Add(TFma.Add(s6, s7), TFma.Add(s8, s9)), TFma.Add(s10, s11));
        return TFma.First(TFma.Add(low, high));
    }
}
