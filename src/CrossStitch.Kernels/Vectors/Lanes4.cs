using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using Vector = System.Runtime.Intrinsics.Vector128<float>;

namespace CrossStitch.Kernels.Vectors;

/// <summary>Four lanes: SSE, NEON.</summary>
internal readonly unsafe struct Lanes4 : ILanes<Vector>
{
    public static int Count => 4;

    public static int TilePositions => AdvSimd.IsSupported ? 8 : 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Load(float* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector vector, float* to) => vector.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Spread(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Add(Vector a, Vector b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Subtract(Vector a, Vector b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Multiply(Vector a, Vector b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector MultiplyAdd(Vector a, Vector b, Vector c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Exceeds(Vector a, Vector b) => Vector128.GreaterThan(a, b) | ~Vector128.Equals(a, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Passes(Vector vector) => ~Vector128.LessThanOrEqual(vector, Vector.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Select(Vector mask, Vector set, Vector unset) => Vector128.ConditionalSelect(mask, set, unset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector numbers, byte* to)
    {
        var words = Vector128.ConvertToInt32Native(numbers);
        var shorts = Vector128.Narrow(words, words);
        *(uint*)to = Vector128.Narrow(shorts, shorts).AsUInt32().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Unless(Vector vector, byte* bytes, byte excluded)
    {
        var wide = Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)bytes).AsByte()));
        return Vector128.ConditionalSelect(Vector128.Equals(wide, Vector128.Create((uint)excluded)).AsSingle(), Vector.Zero, vector);
    }
}
