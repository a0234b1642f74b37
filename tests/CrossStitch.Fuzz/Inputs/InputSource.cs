using CrossStitch.Fuzz.Targets;
using CrossStitch.Kernels;

namespace CrossStitch.Fuzz.Inputs;

/// <summary>The inputs of a target by number: first its seeds as they are, then changed ones. Seed, target and number alone say what each is.</summary>
internal sealed class InputSource
{
    private const int MostBytes = 8 << 20;

    // Larger ones are changed as bytes, so that to change an input never takes the memory that only reading it may.
    private const int MostOfAForm = 1 << 20;

    private const double OneMoreChange = 0.6;
    private const double Resealed = 0.85;

    private readonly FuzzTarget _target;
    private readonly ulong _seed;
    private readonly ulong _name;
    private readonly IReadOnlyList<FuzzInput> _seeds;
    private readonly IReadOnlyList<FuzzInput> _changeable;

    /// <summary>Gathers a target's seeds.</summary>
    /// <param name="target">The target.</param>
    /// <param name="name">Its name.</param>
    /// <param name="seed">Which inputs.</param>
    /// <param name="corpus">More seeds.</param>
    public InputSource(FuzzTarget target, string name, long seed, IEnumerable<FuzzInput> corpus)
    {
        (_target, _seed) = (target, unchecked((ulong)seed));
        _name = name.Aggregate(0UL, (hash, letter) => (hash * 31) + letter);
        _seeds = [.. target.Seeds(), .. corpus];
        _changeable = [.. _seeds.Where(one => !one.OnlyWhole)];
    }

    /// <summary>How many inputs are seeds as they are.</summary>
    public int Whole => _seeds.Count;

    /// <summary>An input.</summary>
    /// <param name="number">From 0.</param>
    public FuzzInput this[long number] => number < _seeds.Count ? _seeds[(int)number] : Changed(new SeededRandom(_seed, _name, (ulong)number));

    private FuzzInput Changed(SeededRandom random)
    {
        var start = OddValues.One(random, _changeable);
        var bytes = start.Bytes;
        do
        {
            bytes = Change(bytes.Length > MostOfAForm ? InputForm.Bytes : start.Form, bytes, OddValues.One(random, _changeable).Bytes, random);
        }
        while (random.NextBool(OneMoreChange));

        var changed = start with { Bytes = bytes.Length > MostBytes ? bytes[..MostBytes] : bytes };
        return random.NextBool(Resealed) ? changed with { Bytes = _target.Reseal(changed) } : changed;
    }

    private static byte[] Change(InputForm form, byte[] bytes, byte[] other, SeededRandom random) => form switch
    {
        InputForm.Json when random.NextBool(0.9) => JsonMutator.Change(bytes, other, random),
        InputForm.JsonLines when random.NextBool(0.9) => JsonMutator.ChangeLine(bytes, other, random),
        InputForm.Lines when random.NextBool(0.8) => LineMutator.Change(bytes, other, random),
        _ => ByteMutator.Change(bytes, other, random),
    };
}
