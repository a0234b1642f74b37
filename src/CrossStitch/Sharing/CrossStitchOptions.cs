using CrossStitch.Parameters;

namespace CrossStitch.Sharing;

/// <summary>The paper's cross-stitch units, and how they are built (section 5.2): α itself is learned.</summary>
/// <param name="PerChannel">One matrix a channel (the paper's choice, the default) or one a layer.</param>
/// <param name="Same">α_S: first value of what a tower takes of itself, 0.9 by default.</param>
/// <param name="Other">α_D: first value of what it takes of each other tower, 0.1 by default.</param>
public sealed record CrossStitchOptions(bool PerChannel = true, double Same = 0.9, double Other = 0.1) : TowerMixing
{
    /// <summary>A block a stage, <see cref="ParameterNames.Alpha"/>: [towers, towers, channels], or [towers, towers, 1] of a unit a layer.</summary>
    /// <param name="network">The network whose towers it mixes.</param>
    public override IReadOnlyList<ParameterBlock> Blocks(NetworkDescription network)
    {
        var (outputs, towers) = (network.Shape.StageOutputs(), network.Groups.Count);
        return [.. network.Shape.Stages.Select((stage, i) => new ParameterBlock(
            ParameterNames.Alpha(stage.Name), [towers, towers, PerChannel ? outputs[i][0] : 1], ParameterRole.Stitches))];
    }

    /// <inheritdoc/>
    public override void Initialize(NetworkDescription network, ParameterSet parameters)
    {
        var towers = network.Groups.Count;
        foreach (var stage in network.Shape.Stages)
        {
            var alpha = parameters[ParameterNames.Alpha(stage.Name)];
            var channels = alpha.Length / (towers * towers);
            alpha.Fill((float)Other);
            for (var tower = 0; tower < towers; tower++)
            {
                alpha.Slice(((tower * towers) + tower) * channels, channels).Fill((float)Same);
            }
        }
    }

    /// <inheritdoc/>
    public override void Mix(NetworkDescription network, int stage, ParameterSet parameters, Span<float> alpha)
    {
        var learned = parameters[ParameterNames.Alpha(network.Shape.Stages[stage].Name)];
        var repeats = alpha.Length / learned.Length;
        for (var i = 0; i < learned.Length; i++)
        {
            alpha.Slice(i * repeats, repeats).Fill(learned[i]);
        }
    }

    /// <inheritdoc/>
    public override void AddGradient(NetworkDescription network, int stage, ParameterSet parameters, ReadOnlySpan<float> alphaGradient, ParameterSet gradients)
    {
        var learned = gradients[ParameterNames.Alpha(network.Shape.Stages[stage].Name)];
        for (var i = 0; i < alphaGradient.Length; i++)
        {
            learned[i / (alphaGradient.Length / learned.Length)] += alphaGradient[i];
        }
    }
}
