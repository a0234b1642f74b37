using System.Text.Json.Serialization;

namespace CrossStitch.Towers;

/// <summary>What a tower is made of: an input and a list of stages.</summary>
/// <param name="Input">Shape of one example: [channels, height, width].</param>
/// <param name="Stages">From input to features.</param>
public sealed record TowerShape(IReadOnlyList<int> Input, IReadOnlyList<TowerStage> Stages)
{
    /// <summary>Numbers of one example.</summary>
    [JsonIgnore]
    public int InputLength => Input.Aggregate(1, (product, side) => product * side);

    /// <summary>Shape of one example's input of every stage, in order.</summary>
    /// <exception cref="CrossStitchException">A stage does not fit on what comes before it, or two share a name.</exception>
    public IReadOnlyList<IReadOnlyList<int>> StageInputs() => [Input, .. StageOutputs().SkipLast(1)];

    /// <summary>Shape of one example's output after every stage, in order.</summary>
    /// <exception cref="CrossStitchException">A stage does not fit on what comes before it, or two share a name.</exception>
    public IReadOnlyList<IReadOnlyList<int>> StageOutputs()
    {
        if (Stages.Count == 0)
        {
            throw new CrossStitchException("A tower needs at least one stage.");
        }

        if (Input.Count == 0 || Input.Any(side => side < 1))
        {
            throw new CrossStitchException($"An example has sides of at least 1, not [{string.Join(", ", Input)}].");
        }

        var outputs = new List<IReadOnlyList<int>>();
        var names = new HashSet<string>();
        var shape = Input;
        foreach (var stage in Stages)
        {
            if (!names.Add(stage.Name))
            {
                throw new CrossStitchException($"Two stages are called '{stage.Name}'; give each its own name.");
            }

            shape = stage.OutputShape(shape);
            outputs.Add(shape);
        }

        return outputs;
    }
}
