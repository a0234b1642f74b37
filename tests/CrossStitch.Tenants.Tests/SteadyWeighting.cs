using CrossStitch.Experiments.Recipes;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Tenants.Tests;

/// <summary>A weighting of losses with a state: a task whose loss has fallen to a share of its first one weighs that much less.</summary>
/// <param name="Memory">How much of the running loss stays at each step.</param>
internal sealed record SteadyWeighting(double Memory = 0.9) : WeightingRecipe
{
    public override LossWeighting Create() => new Weights(Memory);

    private sealed class Weights(double memory) : LossWeighting("steady")
    {
        private double[] _first = [];
        private double[] _running = [];

        public override void Weigh(IReadOnlyList<LearningTask> tasks, Span<double> weights)
        {
            for (var task = 0; task < weights.Length; task++)
            {
                weights[task] = tasks[task].Weight * (_first.Length == 0 ? 1 : _running[task] / _first[task]);
            }
        }

        public override void Observe(ReadOnlySpan<double> losses)
        {
            if (_first.Length == 0)
            {
                (_first, _running) = (losses.ToArray(), losses.ToArray());
            }

            for (var task = 0; task < losses.Length; task++)
            {
                _running[task] = (memory * _running[task]) + ((1 - memory) * losses[task]);
            }
        }

        public override void Save(BinaryWriter writer)
        {
            writer.Write(_first.Length);
            Array.ForEach([.. _first, .. _running], writer.Write);
        }

        public override void Load(BinaryReader reader)
        {
            var tasks = reader.ReadInt32();
            _first = [.. Enumerable.Range(0, tasks).Select(_ => reader.ReadDouble())];
            _running = [.. Enumerable.Range(0, tasks).Select(_ => reader.ReadDouble())];
        }
    }
}
