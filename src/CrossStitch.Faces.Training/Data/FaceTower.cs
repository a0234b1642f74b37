using CrossStitch.Towers;

namespace CrossStitch.Faces.Training.Data;

/// <summary>The tower that looks at faces.</summary>
public static class FaceTower
{
    /// <summary>
    /// The paper's tower (section 5): 40×40 gray input, convolutions of 16, 48, 64 and 64 channels, pooling after the
    /// first three, and a fully connected layer of 100.
    /// </summary>
    public static TowerShape Shape40 { get; } = new(
        [1, 40, 40],
        [
            new ConvolutionStage("pool1", 16, 5, Pool: true),
            new ConvolutionStage("pool2", 48, 3, Pool: true),
            new ConvolutionStage("pool3", 64, 3, Pool: true),
            new ConvolutionStage("conv4", 64, 2, Pool: false),
            new DenseStage("fc", 100),
        ]);

    /// <summary>The same for larger pictures of faces: the fourth convolution is a 3×3 one.</summary>
    /// <param name="size">Pixels across the input.</param>
    public static TowerShape Of(int size) => size == Shape40.Input[^1] ? Shape40 : new(
        [1, size, size],
        [
            new ConvolutionStage("pool1", 16, 5, Pool: true),
            new ConvolutionStage("pool2", 48, 3, Pool: true),
            new ConvolutionStage("pool3", 64, 3, Pool: true),
            new ConvolutionStage("conv4", 64, 3, Pool: false),
            new DenseStage("fc", 100),
        ]);
}
