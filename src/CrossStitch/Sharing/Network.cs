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
    /// Where the first weights come from. Each stage and head has a random stream of its own, so that the same tower and head begin
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

    /// <summary>α after a stage, of the parameters as they are now: [towers, towers, channels], what the first tower takes of the second.</summary>
    /// <param name="stage">Which stage, from 0.</param>
    /// <exception cref="CrossStitchException">The towers do not mix.</exception>
    public float[] Alpha(int stage)
    {
        var mixing = Description.Stitches ?? throw new CrossStitchException($"The towers of the network '{Description.Name}' do not mix, so there is no α.");
        var alpha = new float[Description.Groups.Count * Description.Groups.Count * Description.Shape.StageOutputs()[stage][0]];
        mixing.Mix(Description, stage, Parameters, alpha);
        return alpha;
    }

    private void InitializeTowers(long seed)
    {
        var inputs = Description.Shape.StageInputs();
        for (var tower = 0; tower < Description.Groups.Count; tower++)
        {
            foreach (var (i, stage) in Description.Shape.Stages.Index())
            {
                var (first, prefix) = (ParameterNames.Stage(0, stage.Name), ParameterNames.Stage(tower, stage.Name));
                if (Description.Relation is null || tower == 0)
                {
                    stage.Initialize(Parameters, prefix, inputs[i], new SeededRandom(unchecked((ulong)seed), 0, (ulong)tower, (ulong)i));
                    continue;
                }

                foreach (var (from, to) in stage.Blocks(first, inputs[i]).Zip(stage.Blocks(prefix, inputs[i])))
                {
                    Parameters[from.Name].CopyTo(Parameters[to.Name]);
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
                HeUniform.Fill(Parameters, $"{ParameterNames.Head(task.Name)}.weight", new SeededRandom(unchecked((ulong)seed), 1, (ulong)tower, (ulong)i), HeadGain);
                task.FirstOutput.ToArray().CopyTo(Parameters[$"{ParameterNames.Head(task.Name)}.bias"]);
            }
        }
    }

    private void InitializeSharing()
    {
        Description.Stitches?.Initialize(Description, Parameters);
        if (Parameters.Contains(ParameterNames.Scale))
        {
            Parameters[ParameterNames.Scale].Fill((float)Description.Relation!.Scale);
            Parameters[ParameterNames.Shift].Fill((float)Description.Relation!.Shift);
        }
    }
}
