using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Tenants.Tests;

/// <summary>
/// A way to share with parameters of its own: after every stage a tower takes of each other one <c>tanh(g)</c>, one learned g
/// a pair and stage, that begins at the recipe's option "gate".
/// </summary>
internal sealed class GatedNetwork() : NetworkDefinition("gated", new FigureColor("#7A4B00", "#E3B565"))
{
    public override NetworkDescription Describe(TowerShape backbone, IReadOnlyList<TaskGroup> groups, Recipe recipe) =>
        new(Name, backbone, groups, new Gates(recipe.Options?["gate"]?.GetValue<double>() ?? 0.1));

    private sealed record Gates(double Start) : TowerMixing
    {
        private static readonly ParameterRole Role = new("gates");

        public override IReadOnlyList<ParameterBlock> Blocks(NetworkDescription network) =>
            [.. network.Shape.Stages.Select(stage => new ParameterBlock(Of(stage), [network.Groups.Count, network.Groups.Count], Role))];

        public override void Initialize(NetworkDescription network, ParameterSet parameters)
        {
            foreach (var stage in network.Shape.Stages)
            {
                parameters[Of(stage)].Fill((float)Start);
            }
        }

        public override void Mix(NetworkDescription network, int stage, ParameterSet parameters, Span<float> alpha)
        {
            var gates = parameters[Of(network.Shape.Stages[stage])];
            var channels = alpha.Length / gates.Length;
            for (var pair = 0; pair < gates.Length; pair++)
            {
                alpha.Slice(pair * channels, channels).Fill(IsOwn(network, pair) ? 1 : MathF.Tanh(gates[pair]));
            }
        }

        public override void AddGradient(NetworkDescription network, int stage, ParameterSet parameters, ReadOnlySpan<float> alphaGradient, ParameterSet gradients)
        {
            var gates = parameters[Of(network.Shape.Stages[stage])];
            var channels = alphaGradient.Length / gates.Length;
            for (var pair = 0; pair < gates.Length; pair++)
            {
                var sum = 0f;
                foreach (var slope in alphaGradient.Slice(pair * channels, channels))
                {
                    sum += slope;
                }

                var gate = MathF.Tanh(gates[pair]);
                gradients[Of(network.Shape.Stages[stage])][pair] += IsOwn(network, pair) ? 0 : sum * (1 - (gate * gate));
            }
        }

        private static bool IsOwn(NetworkDescription network, int pair) => pair / network.Groups.Count == pair % network.Groups.Count;

        private static string Of(TowerStage stage) => $"gates.{stage.Name}";
    }
}
