using CrossStitch.Torch.Towers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Towers;

/// <summary>A residual block (He et al., 2016) with batch normalisation as a stage, as a user writes one.</summary>
internal sealed record ResidualStage(string Name, int Channels, int Stride = 1) : ModuleStage(Name)
{
    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) => [Channels, 1 + ((input[1] - 1) / Stride), 1 + ((input[2] - 1) / Stride)];

    public override nn.Module<Tensor, Tensor> CreateModule(IReadOnlyList<int> input) => new Block(input[0], Channels, Stride);

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Scalar _one = 1;
        private readonly Conv2d _conv1;
        private readonly BatchNorm2d _norm1;
        private readonly Conv2d _conv2;
        private readonly BatchNorm2d _norm2;
        private readonly Conv2d _skip;

        public Block(int inputs, int channels, int stride)
            : base(nameof(Block))
        {
            (_conv1, _norm1) = (nn.Conv2d(inputs, channels, 3, stride, padding: 1, bias: false), nn.BatchNorm2d(channels));
            (_conv2, _norm2) = (nn.Conv2d(channels, channels, 3, padding: 1, bias: false), nn.BatchNorm2d(channels));
            _skip = nn.Conv2d(inputs, channels, 1, stride);
            register_module("conv1", _conv1);
            register_module("norm1", _norm1);
            register_module("conv2", _conv2);
            register_module("norm2", _norm2);
            register_module("skip", _skip);
        }

        public override Tensor forward(Tensor input)
        {
            var inner = _norm2.call(_conv2.call(nn.functional.relu(_norm1.call(_conv1.call(input)))));
            return nn.functional.relu(inner.add(_skip.call(input), _one));
        }
    }
}
