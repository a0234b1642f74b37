using static TorchSharp.torch;

namespace CrossStitch.Engines;

/// <summary>Tensors as the kernels see them.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The first number of a contiguous tensor of 32-bit floats on the CPU, without a copy.</summary>
    /// <param name="tensor">Which; must be kept while the pointer is used.</param>
    public static float* Pointer(this Tensor tensor)
    {
        // libtorch's memory does not move: the pointer outlives the pin.
        fixed (byte* bytes = tensor.bytes)
        {
            return (float*)bytes;
        }
    }
}
