using TorchSharp;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Engines;

/// <summary>
/// Arithmetic with numbers that are held while libtorch reads them. TorchSharp's own operators make a
/// <see cref="Scalar"/> and let go of it before the native call has ended; where several networks are trained at once, a
/// garbage collection in that moment frees what the call is about to read.
/// </summary>
internal static class SafeScalars
{
    private static readonly Scalar One = 1;

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a + 1, in a itself.</summary>
    public static Tensor Increment(this Tensor a) => a.add_(One, One);

    /// <summary>a × number.</summary>
    public static Tensor Times(this Tensor a, double number)
    {
        using var scalar = number.ToScalar();
        return a.mul(scalar);
    }

    /// <summary>a − number.</summary>
    public static Tensor Minus(this Tensor a, double number)
    {
        using var scalar = number.ToScalar();
        return a.sub(scalar);
    }

    /// <summary>a × a.</summary>
    public static Tensor Squared(this Tensor a) => a.mul(a);

    /// <summary>The lesser of a and a number, element by element.</summary>
    public static Tensor AtMost(this Tensor a, double number)
    {
        using var scalar = number.ToScalar();
        return a.clamp(max: scalar);
    }
}
