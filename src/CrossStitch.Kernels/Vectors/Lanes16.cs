using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Vector = System.Runtime.Intrinsics.Vector512<float>;

namespace CrossStitch.Kernels.Vectors;

/// <summary>Sixteen lanes: AVX-512.</summary>
internal readonly unsafe struct Lanes16 : ILanes<Vector>
{
    public static int Count => 16;

    public static int TilePositions => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Load(float* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector vector, float* to) => vector.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Spread(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Add(Vector a, Vector b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Subtract(Vector a, Vector b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Multiply(Vector a, Vector b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector MultiplyAdd(Vector a, Vector b, Vector c) => Vector512.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Exceeds(Vector a, Vector b) => Vector512.GreaterThan(a, b) | ~Vector512.Equals(a, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Passes(Vector vector) => ~Vector512.LessThanOrEqual(vector, Vector.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Select(Vector mask, Vector set, Vector unset) => Vector512.ConditionalSelect(mask, set, unset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector numbers, byte* to)
    {
        var words = Vector512.ConvertToInt32Native(numbers);
        if (Avx512F.IsSupported)
        {
            Avx512F.ConvertToVector128Byte(words).Store(to);
            return;
        }

        var shorts = Vector256.Narrow(words.GetLower(), words.GetUpper());
        Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).AsByte().Store(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Unless(Vector vector, byte* bytes, byte excluded)
    {
        var shorts = Vector256.WidenLower(Vector128.Load(bytes).ToVector256Unsafe());
        var wide = Vector512.WidenLower(shorts.ToVector512Unsafe());
        return Vector512.ConditionalSelect(Vector512.Equals(wide, Vector512.Create((uint)excluded)).AsSingle(), Vector.Zero, vector);
    }
}
