using CrossStitch.Parameters;
using CrossStitch.Sharing;

namespace CrossStitch.Tests.Sharing;

/// <summary>
/// A mixing as a user writes one: what a tower takes of all adds up to one, <c>α_ij = softmax_j(l_ij)</c>, by one matrix of
/// logits a stage.
/// </summary>
/// <param name="OwnLogit">First value of what a tower takes of itself; the others begin at 0.</param>
internal sealed record SoftmaxMixing(double OwnLogit = 2) : TowerMixing
{
    public static readonly ParameterRole Role = new("logits");

    public static string NameOf(string stage) => $"softmax.{stage}.logits";

    public override IReadOnlyList<ParameterBlock> Blocks(NetworkDescription network) =>
        [.. network.Shape.Stages.Select(stage => new ParameterBlock(NameOf(stage.Name), [network.Groups.Count, network.Groups.Count], Role))];

    public override void Initialize(NetworkDescription network, ParameterSet parameters)
    {
        foreach (var stage in network.Shape.Stages)
        {
            for (var tower = 0; tower < network.Groups.Count; tower++)
            {
                parameters[NameOf(stage.Name)][tower * (network.Groups.Count + 1)] = (float)OwnLogit;
            }
        }
    }

    public override void Mix(NetworkDescription network, int stage, ParameterSet parameters, Span<float> alpha)
    {
        var shares = Shares(network, stage, parameters);
        var channels = alpha.Length / shares.Length;
        for (var pair = 0; pair < shares.Length; pair++)
        {
            alpha.Slice(pair * channels, channels).Fill((float)shares[pair]);
        }
    }

    public override void AddGradient(NetworkDescription network, int stage, ParameterSet parameters, ReadOnlySpan<float> alphaGradient, ParameterSet gradients)
    {
        var (shares, towers) = (Shares(network, stage, parameters), network.Groups.Count);
        var bySlope = new double[shares.Length];
        for (var i = 0; i < alphaGradient.Length; i++)
        {
            bySlope[i / (alphaGradient.Length / shares.Length)] += alphaGradient[i];
        }

        for (var pair = 0; pair < shares.Length; pair++)
        {
            var row = pair / towers * towers;
            var mean = Enumerable.Range(row, towers).Sum(other => shares[other] * bySlope[other]);
            gradients[NameOf(network.Shape.Stages[stage].Name)][pair] += (float)(shares[pair] * (bySlope[pair] - mean));
        }
    }

    private static double[] Shares(NetworkDescription network, int stage, ParameterSet parameters) =>
        [.. parameters[NameOf(network.Shape.Stages[stage].Name)].ToArray().Chunk(network.Groups.Count)
            .SelectMany(row => row.Select(logit => Math.Exp(logit) / row.Sum(other => Math.Exp(other))))];
}
