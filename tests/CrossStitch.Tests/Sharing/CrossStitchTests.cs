using CrossStitch.Sharing;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Sharing;

public sealed class CrossStitchUnitTests
{
    [Fact]
    public void It_mixes_two_activations_by_equation_3()
    {
        using var scope = NewDisposeScope();
        var unit = UnitWith([0.9f, 0.5f], [0.1f, 0.2f], [0.3f, -1f], [0.7f, 2f]);
        var a = tensor(new float[] { 1, 2, 3, 4 }, [1, 2, 1, 2]);
        var b = tensor(new float[] { 10, 20, 30, 40 }, [1, 2, 1, 2]);

        var mixed = unit.call([a, b]);

        // Channel 0: 0.9·x_A + 0.1·x_B and 0.3·x_A + 0.7·x_B; channel 1: 0.5·x_A + 0.2·x_B and −x_A + 2·x_B.
        AssertClose([1.9f, 3.8f, 7.5f, 10f], mixed[0]);
        AssertClose([7.3f, 14.6f, 57f, 76f], mixed[1]);
    }

    [Fact]
    public void Gradients_flow_back_through_the_transpose_by_equation_4()
    {
        using var scope = NewDisposeScope();
        var unit = UnitWith([0.9f], [0.1f], [0.3f], [0.7f]);
        var a = tensor(new float[] { 2 }, [1, 1, 1, 1], requires_grad: true);
        var b = tensor(new float[] { 5 }, [1, 1, 1, 1], requires_grad: true);

        var mixed = unit.call([a, b]);
        (mixed[0] + (mixed[1] * 10)).sum().backward();

        // dL/dx̃ = (1, 10): dL/dx_A = α_AA + 10 α_BA, dL/dx_B = α_AB + 10 α_BB, and dL/dα_ij = dL/dx̃_i · x_j.
        AssertClose([3.9f], a.grad!);
        AssertClose([7.1f], b.grad!);
        AssertClose([2f, 5f, 20f, 50f], unit.Alpha.grad!);
    }

    [Fact]
    public void A_unit_a_channel_and_a_unit_a_layer_start_alike()
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = [rand(3, 4, 2, 2), rand(3, 4, 2, 2)];
        var channel = new CrossStitchUnit("x", 2, 4, new CrossStitchOptions(PerChannel: true)).call(inputs);
        var layer = new CrossStitchUnit("x", 2, 4, new CrossStitchOptions(PerChannel: false)).call(inputs);
        Assert.Equal([2, 2, 4], new CrossStitchUnit("x", 2, 4, new CrossStitchOptions()).Alpha.shape);
        Assert.Equal([2, 2, 1], new CrossStitchUnit("x", 2, 4, new CrossStitchOptions(PerChannel: false)).Alpha.shape);
        Assert.True(channel[0].allclose(layer[0]));
        Assert.True(channel[1].allclose((inputs[1] * 0.9) + (inputs[0] * 0.1)));
    }

    [Fact]
    public void It_mixes_any_number_of_towers()
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = [rand(2, 3), rand(2, 3), rand(2, 3)];
        var mixed = new CrossStitchUnit("x", 3, 3, new CrossStitchOptions(Same: 0.8, Other: 0.1)).call(inputs);
        Assert.True(mixed[2].allclose((inputs[0] * 0.1) + (inputs[1] * 0.1) + (inputs[2] * 0.8)));
    }

    private static CrossStitchUnit UnitWith(float[] aa, float[] ab, float[] ba, float[] bb)
    {
        var unit = new CrossStitchUnit("unit", 2, aa.Length, new CrossStitchOptions());
        using var _ = no_grad();
        unit.Alpha.copy_(tensor((float[])[.. aa, .. ab, .. ba, .. bb], [2, 2, aa.Length]));
        return unit;
    }

    private static void AssertClose(float[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.data<float>().ToArray(), (x, y) => Math.Abs(x - y) < 1e-5);
}
