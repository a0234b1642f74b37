using CrossStitch.Kernels;
using CrossStitch.Parameters;

namespace CrossStitch.Sharing;

/// <summary>A network: what it is, and its parameters.</summary>
public sealed class Network
{
    /// <summary>Small, so that heads begin near their first output and gradients do not begin large.</summary>
    private const double HeadGain = 0.01;

    private Network(NetworkDescription description)
    {
        Description = description;
        Parameters = new ParameterSet(description.Blocks());
    }

    /// <summary>What the network is.</summary>
    public NetworkDescription Description { get; }

    /// <summary>Its parameters, as they are now.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Creates a network with its first parameters.</summary>
    /// <param name="description">What it is.</param>
    /// <param name="seed">
    /// Where the first weights come from. Each block has a random stream of its own, so that the same tower and head begin
    /// alike in every network; towers whose weights are tied begin alike too.
    /// </param>
    /// <exception cref="CrossStitchException">Such a network cannot be.</exception>
    public static Network Create(NetworkDescription description, long seed)
    {
        var network = new Network(description);
        network.InitializeTowers(seed);
        network.InitializeHeads(seed);
        network.InitializeSharing();
        return network;
    }

    private void InitializeTowers(long seed)
    {
        for (var tower = 0; tower < Description.Groups.Count; tower++)
        {
            foreach (var (i, stage) in Description.Shape.Stages.Index())
            {
                var weights = $"{ParameterNames.Stage(tower, stage.Name)}.weight";
                if (Description.Relation is not null && tower > 0)
                {
                    Parameters[$"{ParameterNames.Stage(0, stage.Name)}.weight"].CopyTo(Parameters[weights]);
                }
                else
                {
                    HeUniform(weights, gain: 2, new SeededRandom(unchecked((ulong)seed), 0, (ulong)tower, (ulong)i));
                }
            }
        }
    }

    private void InitializeHeads(long seed)
    {
        var groups = Description.Groups;
        for (var tower = 0; tower < groups.Count; tower++)
        {
            foreach (var (i, task) in groups[tower].Tasks.Index())
            {
                HeUniform($"{ParameterNames.Head(task.Name)}.weight", HeadGain, new SeededRandom(unchecked((ulong)seed), 1, (ulong)tower, (ulong)i));
                task.FirstOutput.ToArray().CopyTo(Parameters[$"{ParameterNames.Head(task.Name)}.bias"]);
            }
        }
    }

    private void InitializeSharing()
    {
        if (Description.Stitches is { } stitches)
        {
            var towers = Description.Groups.Count;
            foreach (var stage in Description.Shape.Stages)
            {
                var alpha = Parameters[ParameterNames.Alpha(stage.Name)];
                var channels = alpha.Length / (towers * towers);
                alpha.Fill((float)stitches.Other);
                for (var tower = 0; tower < towers; tower++)
                {
                    alpha.Slice(((tower * towers) + tower) * channels, channels).Fill((float)stitches.Same);
                }
            }
        }

        if (Parameters.Contains(ParameterNames.Scale))
        {
            Parameters[ParameterNames.Scale].Fill((float)Description.Relation!.Scale);
            Parameters[ParameterNames.Shift].Fill((float)Description.Relation!.Shift);
        }
    }

    /// <summary>He et al. (2015), uniform: keeps the variance of activations through layers.</summary>
    /// <param name="name">The block: [out, in, ...].</param>
    /// <param name="gain">2 before a ReLU, 1 before nothing.</param>
    /// <param name="random">Where the randomness comes from.</param>
    private void HeUniform(string name, double gain, SeededRandom random)
    {
        var block = Parameters.Blocks[Parameters.PlaceOf(name)];
        var bound = Math.Sqrt(3 * gain * block.Shape[0] / block.Count);
        foreach (ref var weight in Parameters[name])
        {
            weight = (float)random.NextBetween(-bound, bound);
        }
    }
}
