namespace CrossStitch.Kernels;

/// <summary>
/// A stage as the kernels see it: a valid convolution, bias and ReLU, and 2×2 max pooling if asked for. A dense layer is
/// the convolution whose kernel covers its whole input, so it needs no kernel of its own.
/// </summary>
/// <param name="Channels">Output channels.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
/// <param name="Pool">Whether 2×2 max pooling of stride 2 follows; an odd last row or column is dropped.</param>
public sealed record KernelStage(int Channels, int KernelHeight, int KernelWidth, bool Pool);
