using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Engines;

/// <summary>Numbers into tensors and out of them. All tensors live in the dispose scope of the call.</summary>
internal static class TensorMemory
{
    /// <summary>A tensor of 32-bit floats with a copy of numbers.</summary>
    /// <param name="numbers">The numbers, row by row.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="learned">Whether autograd computes a gradient by it.</param>
    public static Tensor Copy(ReadOnlySpan<float> numbers, IEnumerable<int> shape, bool learned = false)
    {
        var copy = empty([.. shape.Select(side => (long)side)], dtype: float32, requires_grad: learned);
        MemoryMarshal.AsBytes(numbers).CopyTo(copy.bytes);
        return copy;
    }

    /// <summary>Copies the numbers of a tensor of 32-bit floats, row by row.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="numbers">Receives them.</param>
    public static void CopyTo(this Tensor tensor, Span<float> numbers)
    {
        var rows = tensor.detach().contiguous();
        MemoryMarshal.Cast<byte, float>(rows.bytes).CopyTo(numbers);
    }
}
