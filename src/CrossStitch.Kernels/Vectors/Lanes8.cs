using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vector = System.Runtime.Intrinsics.Vector256<float>;

namespace CrossStitch.Kernels.Vectors;

/// <summary>Eight lanes: AVX2.</summary>
internal readonly unsafe struct Lanes8 : ILanes<Vector>
{
    public static int Count => 8;

    public static int TilePositions => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Load(float* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector vector, float* to) => vector.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Spread(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Add(Vector a, Vector b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Subtract(Vector a, Vector b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Multiply(Vector a, Vector b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector MultiplyAdd(Vector a, Vector b, Vector c) => Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Exceeds(Vector a, Vector b) => Vector256.GreaterThan(a, b) | ~Vector256.Equals(a, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Passes(Vector vector) => ~Vector256.LessThanOrEqual(vector, Vector.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Select(Vector mask, Vector set, Vector unset) => Vector256.ConditionalSelect(mask, set, unset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector numbers, byte* to)
    {
        var words = Vector256.ConvertToInt32Native(numbers);
        var shorts = Vector128.Narrow(words.GetLower(), words.GetUpper());
        *(ulong*)to = Vector128.Narrow(shorts, shorts).AsUInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Unless(Vector vector, byte* bytes, byte excluded)
    {
        var shorts = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)bytes).AsByte());
        var wide = Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts));
        return Vector256.ConditionalSelect(Vector256.Equals(wide, Vector256.Create((uint)excluded)).AsSingle(), Vector.Zero, vector);
    }
}
