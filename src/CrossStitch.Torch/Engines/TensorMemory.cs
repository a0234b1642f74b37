using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Engines;

/// <summary>Numbers into tensors and out of them. All tensors live in the dispose scope of the call.</summary>
internal static class TensorMemory
{
    /// <summary>A tensor of 32-bit floats with a copy of numbers.</summary>
    /// <param name="numbers">The numbers, row by row.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="device">Where it lies; null for the CPU.</param>
    /// <param name="learned">Whether autograd computes a gradient by it.</param>
    public static Tensor Copy(ReadOnlySpan<float> numbers, IEnumerable<int> shape, Device? device = null, bool learned = false)
    {
        var copy = empty([.. shape.Select(side => (long)side)], dtype: float32, device: CPU);
        MemoryMarshal.AsBytes(numbers).CopyTo(copy.bytes);
        return (device is null || device.type == TorchSharp.DeviceType.CPU ? copy : copy.to(device)).requires_grad_(learned);
    }

    /// <summary>Copies the numbers of a tensor of 32-bit floats, row by row.</summary>
    /// <param name="tensor">The tensor, on any device.</param>
    /// <param name="numbers">Receives them.</param>
    public static void CopyTo(this Tensor tensor, Span<float> numbers)
    {
        var rows = tensor.detach().cpu().contiguous();
        MemoryMarshal.Cast<byte, float>(rows.bytes).CopyTo(numbers);
    }
}
