using System.Runtime.InteropServices;

namespace CrossStitch.Kernels;

/// <summary>
/// Floats outside the managed heap, aligned to cache lines. A little slack behind the end lets kernels read and write
/// whole vectors where a row is no multiple of one.
/// </summary>
internal sealed unsafe class FloatBuffer : IDisposable
{
    /// <summary>Floats behind the end that may be touched.</summary>
    public const int Slack = 64;

    private const int Alignment = 64;

    /// <summary>Allocates zeros.</summary>
    /// <param name="length">How many floats.</param>
    public FloatBuffer(long length)
    {
        Length = length;
        var bytes = (nuint)((length + Slack) * sizeof(float));
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(Pointer, bytes);

        // The collector sees the few bytes of this object alone; forgotten buffers must not wait for others to fill the heap.
        GC.AddMemoryPressure((long)bytes);
    }

    ~FloatBuffer() => Free();

    /// <summary>The first float.</summary>
    public float* Pointer { get; private set; }

    /// <summary>How many floats, without the slack.</summary>
    public long Length { get; }

    /// <summary>Sets floats to zero.</summary>
    /// <param name="count">How many, from the first.</param>
    public void Clear(long count) => NativeMemory.Clear(Pointer, (nuint)(count * sizeof(float)));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Pointer != null)
        {
            NativeMemory.AlignedFree(Pointer);
            Pointer = null;
            GC.RemoveMemoryPressure((Length + Slack) * sizeof(float));
        }
    }
}
