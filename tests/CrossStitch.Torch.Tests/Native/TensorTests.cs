using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Native;

public sealed class TensorTests
{
    [Fact]
    public void A_sum_of_tensors_is_computed()
    {
        using var numbers = arange(1, 4, float32);
        using var sum = numbers + 10 * numbers;
        Assert.Equal([11f, 22f, 33f], sum.data<float>().ToArray());
    }

    [Fact]
    public void A_convolution_of_a_picture_is_computed()
    {
        // A 2×2 kernel of ones over the picture 0..8 adds up each square of four.
        using var picture = arange(9, float32).reshape(1, 1, 3, 3);
        using var kernel = ones(1, 1, 2, 2);
        using var result = nn.functional.conv2d(picture, kernel);
        Assert.Equal([8f, 12f, 20f, 24f], result.data<float>().ToArray());
    }
}
