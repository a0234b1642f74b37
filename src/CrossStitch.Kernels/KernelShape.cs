namespace CrossStitch.Kernels;

/// <summary>What a program computes: towers of one shape over the same input, with or without cross-stitch units.</summary>
/// <param name="InputChannels">Channels of the input.</param>
/// <param name="InputHeight">Rows of the input.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="Stages">The stages of every tower.</param>
/// <param name="Towers">How many towers.</param>
/// <param name="Stitched">Whether a cross-stitch unit follows every stage.</param>
public sealed record KernelShape(int InputChannels, int InputHeight, int InputWidth, IReadOnlyList<KernelStage> Stages, int Towers, bool Stitched);
