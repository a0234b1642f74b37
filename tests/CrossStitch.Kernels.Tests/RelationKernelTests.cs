namespace CrossStitch.Kernels.Tests;

public sealed unsafe class RelationKernelTests
{
    [Fact]
    public void The_distance_of_equation_7_is_as_worked_out_by_hand()
    {
        // d = (2 × 1 + 0.5 − 3, 2 × 2 + 0.5 − 1) = (−0.5, 3.5).
        float[] first = [1, 2], second = [3, 1];
        var (byFirst, bySecond) = (new float[2], new float[2]);
        fixed (float* one = first, two = second, byOne = byFirst, byTwo = bySecond)
        {
            Assert.Equal(12.5, RelationKernel.SquaredDistance(one, two, 2, scale: 2, shift: 0.5f), 1e-6);
            var (byScale, byShift) = RelationKernel.AddGradient(one, two, 2, scale: 2, shift: 0.5f, factor: 1, byOne, byTwo);
            Assert.Equal([-2, 14], byFirst);
            Assert.Equal([1, -7], bySecond);
            Assert.Equal(2 * ((-0.5 * 1) + (3.5 * 2)), byScale, 1e-6);
            Assert.Equal(2 * 3, byShift, 1e-6);
        }
    }

    [Fact]
    public void Gradients_match_finite_differences()
    {
        const float H = 1e-2f;
        var random = new Random(1);
        float[] Draw() => [.. Enumerable.Range(0, 37).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] first = Draw(), second = Draw();
        var (byFirst, bySecond) = (new float[37], new float[37]);
        fixed (float* one = first, two = second, byOne = byFirst, byTwo = bySecond)
        {
            var (byScale, byShift) = RelationKernel.AddGradient(one, two, 37, 0.8f, 0.1f, factor: 1, byOne, byTwo);
            Assert.Equal((At(one, two, 0.8f + H, 0.1f) - At(one, two, 0.8f - H, 0.1f)) / (2 * H), byScale, 1e-3);
            Assert.Equal((At(one, two, 0.8f, 0.1f + H) - At(one, two, 0.8f, 0.1f - H)) / (2 * H), byShift, 1e-3);
            foreach (var i in new[] { 0, 20, 36 })
            {
                Assert.Equal(Difference(one + i, one, two), byFirst[i], 1e-3);
                Assert.Equal(Difference(two + i, one, two), bySecond[i], 1e-3);
            }
        }

        static double At(float* one, float* two, float a, float b) => RelationKernel.SquaredDistance(one, two, 37, a, b);

        static double Difference(float* at, float* one, float* two)
        {
            var value = *at;
            *at = value + H;
            var above = At(one, two, 0.8f, 0.1f);
            *at = value - H;
            var below = At(one, two, 0.8f, 0.1f);
            *at = value;
            return (above - below) / (2 * H);
        }
    }
}
