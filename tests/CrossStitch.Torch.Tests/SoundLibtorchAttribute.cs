using System.Reflection;
using TorchSharp;
using Xunit.v3;

namespace CrossStitch.Torch.Tests;

/// <summary>
/// Skips tests, by name, on a processor on which libtorch itself computes convolutions' gradients wrong: what it gives in single
/// precision is compared with what it gives in double precision, which it computes in another way. Seen with libtorch 2.10 on an
/// virtual machine with an AMD EPYC of family 26, where it gives other gradients each time, with NaN among them; see docs/native-libraries.md.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SoundLibtorchAttribute : BeforeAfterTestAttribute
{
    private const int Tries = 40;
    private const double Tolerance = 1e-3;

    private static readonly Lazy<string?> Fault = new(Find);

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Assert.SkipWhen(Fault.Value is not null, Fault.Value ?? "");

    private static string? Find()
    {
        using var scope = torch.NewDisposeScope();
        var random = new torch.Generator(7);
        for (var i = 0; i < Tries; i++)
        {
            // Pictures, channels and sizes of the tests' towers; convolution and pooling, as their first stages have them.
            var (channels, size) = ((i % 4 * 3) + 5, 12 + (i % 5 * 7));
            var picture = torch.randn([6, 1, size, size], generator: random);
            var (first, second) = (torch.randn([channels, 1, 3, 3], generator: random), torch.randn([channels + 2, channels, 3, 3], generator: random));
            foreach (var (single, exact) in Gradients(picture, first, second, torch.ScalarType.Float32).Zip(Gradients(picture, first, second, torch.ScalarType.Float64)))
            {
                var apart = (single.to(torch.ScalarType.Float64) - exact).abs().max().item<double>() / exact.abs().max().item<double>();
                if (!(apart < Tolerance))
                {
                    return $"libtorch {torch.__version__} computes convolutions' gradients wrong on this processor: {apart:0.000} apart from its own in double precision; with ONEDNN_MAX_CPU_ISA=SSE41 in the environment the test can run.";
                }
            }
        }

        return null;
    }

    private static torch.Tensor[] Gradients(torch.Tensor picture, torch.Tensor first, torch.Tensor second, torch.ScalarType type)
    {
        torch.Tensor[] weights = [first.to(type).detach().clone().requires_grad_(true), second.to(type).detach().clone().requires_grad_(true)];
        var seen = torch.nn.functional.max_pool2d(torch.nn.functional.conv2d(picture.to(type), weights[0]), 2).relu();
        torch.nn.functional.conv2d(seen, weights[1]).relu().square().sum().backward();
        return [.. weights.Select(weight => weight.grad!)];
    }
}
