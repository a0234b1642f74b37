using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Towers;

/// <summary>A module of a weight, a bias, a buffer if there is one, and a formula of input, weight and bias.</summary>
internal sealed class GivenModule : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor, Tensor, Tensor> _formula;
    private readonly Parameter _weight;
    private readonly Parameter _bias;

    public GivenModule(Parameter weight, Parameter bias, Func<Tensor, Tensor, Tensor, Tensor> formula, Tensor? buffer = null)
        : base(nameof(GivenModule))
    {
        (_weight, _bias, _formula) = (weight, bias, formula);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
        if (buffer is not null)
        {
            register_buffer("buffer", buffer);
        }
    }

    public override Tensor forward(Tensor input) => _formula(input, _weight, _bias);
}
