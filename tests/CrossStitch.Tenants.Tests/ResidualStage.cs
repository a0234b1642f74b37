using CrossStitch.Torch.Towers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CrossStitch.Tenants.Tests;

/// <summary>A residual block with batch normalisation as a stage of a tower: what comes in, widened, and what two layers add to it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Features">How many features come out.</param>
internal sealed record ResidualStage(string Name, int Features) : ModuleStage(Name)
{
    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) => [Features];

    public override Module<Tensor, Tensor> CreateModule(IReadOnlyList<int> input) => new Block(input.Aggregate(1, (product, side) => product * side), Features);

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Scalar _one = 1;
        private readonly Linear _first;
        private readonly BatchNorm1d _norm;
        private readonly Linear _second;
        private readonly Linear _skip;

        public Block(int inputs, int features)
            : base("residual")
        {
            (_first, _norm, _second, _skip) = (Linear(inputs, features), BatchNorm1d(features), Linear(features, features), Linear(inputs, features, hasBias: false));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var flat = input.flatten(1);
            return scope.MoveToOuter(_second.forward(functional.relu(_norm.forward(_first.forward(flat)))).add(_skip.forward(flat), _one));
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _first.Dispose();
                _norm.Dispose();
                _second.Dispose();
                _skip.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
