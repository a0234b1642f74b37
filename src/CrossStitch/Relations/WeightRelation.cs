using CrossStitch.Sharing;

namespace CrossStitch.Relations;

/// <summary>
/// The related weights of section 3.3: a penalty that grows as the same layer's weights in two towers part,
/// <c>λ_w Σ_{j∈Ω} r_w(W_j¹, W_j²)</c> (eq. 6). With more than two towers it is the sum over all pairs. Weights are
/// tied, biases are free.
/// </summary>
public sealed class WeightRelation
{
    private readonly (int First, int Second)[] _pairs;

    /// <summary>Ties the towers of a network.</summary>
    /// <param name="network">A network that has a relation.</param>
    /// <exception cref="CrossStitchException">A layer is named that the towers do not have or that has no weights, or λ_w is negative or no number.</exception>
    public WeightRelation(NetworkDescription network)
    {
        Options = network.Relation ?? throw new CrossStitchException($"The network '{network.Name}' has no weight relation.");
        if (!double.IsFinite(Options.Weight) || Options.Weight < 0)
        {
            throw new CrossStitchException($"The weight λ_w of a weight relation is a number of at least 0, not {Options.Weight}.");
        }

        var names = network.Shape.Stages.Select(stage => stage.Name).ToList();
        Layers = Options.Layers ?? names;
        var unknown = Layers.FirstOrDefault(name => !names.Contains(name));
        if (unknown is not null)
        {
            throw new CrossStitchException($"The weight relation names a layer '{unknown}'; the towers have {string.Join(", ", names)}.{NearestName.Question(unknown, names)}");
        }

        if (Layers.Count == 0 || Layers.Distinct().Count() != Layers.Count)
        {
            throw new CrossStitchException(Layers.Count == 0 ? "The weight relation spans no layer; name some, or leave them out for all." : "The weight relation names a layer twice.");
        }

        foreach (var (stage, input) in network.Shape.Stages.Zip(network.Shape.StageInputs()).Where(stage => Layers.Contains(stage.First.Name)))
        {
            var weight = WeightOf(0, stage.Name);
            if (stage.Blocks(ParameterNames.Stage(0, stage.Name), input).All(block => block.Name != weight))
            {
                throw new CrossStitchException($"The weight relation spans the layer '{stage.Name}', and a {stage.GetType().Name} has no parameters '{weight}' to tie; name the layers that it is to span, without this one.");
            }
        }

        _pairs = [.. from first in Enumerable.Range(0, network.Groups.Count)
                     from second in Enumerable.Range(first + 1, network.Groups.Count - first - 1)
                     select (first, second)];
    }

    /// <summary>How the weights are tied.</summary>
    public WeightRelationOptions Options { get; }

    /// <summary>Ω: the stages whose weights are tied.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Terms of the sum: pairs of towers × layers.</summary>
    public int Terms => _pairs.Length * Layers.Count;

    /// <summary>Shape of a and b of eq. 7: [pairs of towers, layers].</summary>
    public IReadOnlyList<int> MapShape => [_pairs.Length, Layers.Count];

    /// <summary>A term's pair of towers, from 0, its layer, and the names of the two blocks of weights that it ties.</summary>
    /// <param name="term">Which term: the layers of the first pair, then those of the next.</param>
    public (int Pair, string Layer, string First, string Second) Term(int term)
    {
        var (pair, layer) = (term / Layers.Count, Layers[term % Layers.Count]);
        return (pair, layer, WeightOf(_pairs[pair].First, layer), WeightOf(_pairs[pair].Second, layer));
    }

    private static string WeightOf(int tower, string layer) => $"{ParameterNames.Stage(tower, layer)}.weight";
}
