using CrossStitch.Towers;

namespace CrossStitch.Faces.Training.Data;

/// <summary>The tower that looks at faces.</summary>
public static class FaceTower
{
    /// <summary>
    /// The paper's tower (section 5): 40×40 gray input, convolutions of 16, 48, 64 and 64 channels, pooling after the
    /// first three, and a fully connected layer of 100.
    /// </summary>
    public static TowerShape Shape40 { get; } = new([1, 40, 40], FourConvolutions(lastKernel: 2));

    /// <summary>For the same input, five smaller convolutions: 1.6 times the arithmetic of the paper's tower, and smaller errors; see docs/results.md.</summary>
    public static TowerShape Deep40 { get; } = new(
        [1, 40, 40],
        [
            new ConvolutionStage("pool1", 16, 5, Pool: true),
            new ConvolutionStage("conv2", 32, 3, Pool: false),
            new ConvolutionStage("pool3", 48, 3, Pool: true),
            new ConvolutionStage("conv4", 64, 3, Pool: false),
            new ConvolutionStage("conv5", 64, 3, Pool: false),
            new DenseStage("fc", 100),
        ]);

    /// <summary>
    /// For a second look at 60×60: six convolutions, with a tenth less arithmetic than the four of <see cref="Of"/>, and smaller
    /// errors; see docs/results.md.
    /// </summary>
    public static TowerShape Deep60 { get; } = new(
        [1, 60, 60],
        [
            new ConvolutionStage("pool1", 16, 5, Pool: true),
            new ConvolutionStage("conv2", 16, 3, Pool: false),
            new ConvolutionStage("pool3", 32, 3, Pool: true),
            new ConvolutionStage("conv4", 48, 3, Pool: false),
            new ConvolutionStage("pool5", 64, 3, Pool: true),
            new ConvolutionStage("conv6", 64, 3, Pool: false),
            new DenseStage("fc", 200),
        ]);

    /// <summary>The paper's tower for any size: for larger pictures of faces the fourth convolution is a 3×3 one.</summary>
    /// <param name="size">Pixels across the input.</param>
    public static TowerShape Of(int size) => size == Shape40.Input[^1] ? Shape40 : new([1, size, size], FourConvolutions(lastKernel: 3));

    private static TowerStage[] FourConvolutions(int lastKernel) =>
    [
        new ConvolutionStage("pool1", 16, 5, Pool: true),
        new ConvolutionStage("pool2", 48, 3, Pool: true),
        new ConvolutionStage("pool3", 64, 3, Pool: true),
        new ConvolutionStage("conv4", 64, lastKernel, Pool: false),
        new DenseStage("fc", 100),
    ];
}
