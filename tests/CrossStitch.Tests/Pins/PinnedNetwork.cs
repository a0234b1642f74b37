using CrossStitch.Parameters;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;

namespace CrossStitch.Tests.Pins;

/// <summary>The networks that the pins were made with, and their first weights.</summary>
internal static class PinnedNetwork
{
    public static Network Build(string name)
    {
        var main = new RegressionTask("landmarks", 10, 1, PinnedData.Mean);
        LearningTask[] auxiliary = [new ClassificationTask("pose", 5, 0.1), new ClassificationTask("smile", 2, 0.2)];
        TaskGroup[] groups = [new("landmarks", [main]), new("auxiliary", auxiliary)];
        var (shape, relation) = (TestNetworks.PaperShape, new WeightRelationOptions(Weight: 1e-4));
        var network = Network.Create(name switch
        {
            "single" => NetworkDescription.Single(shape, main),
            "split" => NetworkDescription.Split(shape, [main, .. auxiliary]),
            "cross-stitch" => NetworkDescription.CrossStitch(shape, groups),
            "related" => NetworkDescription.Related(shape, groups, relation),
            _ => NetworkDescription.RelatedCrossStitch(shape, groups, new CrossStitchOptions(PerChannel: false), relation),
        }, seed: 1);
        foreach (var block in network.Parameters.Blocks)
        {
            Fill(network.Parameters[block.Name], block, NameOf(network, block));
        }

        if (network.Description.Relation is not null)
        {
            // Related towers begin together, a little apart.
            foreach (var first in network.Parameters.Blocks.Where(block => block.Name.StartsWith("tower0.", StringComparison.Ordinal)))
            {
                var second = network.Parameters[first.Name.Replace("tower0.", "tower1.", StringComparison.Ordinal)];
                for (var i = 0; i < first.Count; i++)
                {
                    second[i] = network.Parameters[first.Name][i] * 0.99f;
                }
            }
        }

        return network;
    }

    /// <summary>A block's name in the pins, where a head goes by its number.</summary>
    public static string NameOf(Network network, ParameterBlock block)
    {
        var parts = block.Name.Split('.');
        return parts[0] == "head" ? $"head{network.Description.Tasks.ToList().FindIndex(task => task.Name == parts[1])}.{parts[2]}" : block.Name;
    }

    private static void Fill(Span<float> numbers, ParameterBlock block, string name)
    {
        var key = (long)name.Aggregate(7UL, (hash, letter) => (hash * 31) + letter);
        var fan = block.Shape.Count > 1 ? block.Count / block.Shape[0] : 1;
        if (name.StartsWith("stitch", StringComparison.Ordinal))
        {
            var (towers, channels) = (block.Shape[0], block.Shape[2]);
            for (var i = 0; i < numbers.Length; i++)
            {
                var (to, from) = (i / channels / towers, i / channels % towers);
                numbers[i] = (float)((to == from ? 0.9 : 0.1) + (0.05 * PinnedData.Uniform(2, key, i)));
            }

            return;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            var u = PinnedData.Uniform(1, key, i);
            numbers[i] = (float)(name switch
            {
                ParameterNames.Scale => 1 + (0.1 * u),
                ParameterNames.Shift => 0.01 * u,
                _ when name.EndsWith("bias", StringComparison.Ordinal) => 0.1 * u,
                _ => u * Math.Sqrt((name.StartsWith("head", StringComparison.Ordinal) ? 0.5 : 6.0) / fan),
            });
        }
    }
}
