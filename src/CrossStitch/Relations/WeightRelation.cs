using CrossStitch.Engines;
using CrossStitch.Towers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CrossStitch.Relations;

/// <summary>
/// The related weights of section 3.3: a penalty that grows as the same layer's weights in two towers part,
/// <c>λ_w Σ_{j∈Ω} r_w(W_j¹, W_j²)</c> (eq. 6). With more than two towers it is the sum over all pairs. Weights are
/// tied, biases are free.
/// </summary>
public sealed class WeightRelation : Module
{
    /// <summary>
    /// Squared distance up to which the exponential penalties are the paper's formula to the letter; beyond it they
    /// continue along the tangent, <c>e^30 (1 + s − 30) − 1</c>, with the same value and slope where they meet.
    /// The squared norm of thousands of weights is easily in the hundreds, e^89 is no float any more, and Adam squares
    /// the gradient: from e^30 ≈ 10^13 the square of a gradient still stays twelve orders below the largest float.
    /// </summary>
    public const double ExponentLimit = 30;

    private readonly Parameter? _scale;
    private readonly Parameter? _shift;
    private readonly int[] _layers;
    private readonly (int First, int Second)[] _pairs;

    /// <summary>Ties towers.</summary>
    /// <param name="towers">Of one shape; at least two.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CrossStitchException">A layer is named that the towers do not have, or λ_w is negative or no number.</exception>
    public WeightRelation(IReadOnlyList<Tower> towers, WeightRelationOptions options)
        : base("relation")
    {
        Options = options;
        if (!double.IsFinite(options.Weight) || options.Weight < 0)
        {
            throw new CrossStitchException($"The weight λ_w of a weight relation is a number of at least 0, not {options.Weight}.");
        }

        var names = towers[0].Shape.Stages.Select(stage => stage.Name).ToList();
        LayerNames = options.Layers ?? names;
        var unknown = LayerNames.FirstOrDefault(name => !names.Contains(name));
        if (unknown is not null)
        {
            throw new CrossStitchException($"The weight relation names a layer '{unknown}'; the towers have {string.Join(", ", names)}.");
        }

        _layers = [.. LayerNames.Select(name => names.IndexOf(name))];
        _pairs = [.. from first in Enumerable.Range(0, towers.Count)
                     from second in Enumerable.Range(first + 1, towers.Count - first - 1)
                     select (first, second)];
        if (options.Penalty == RelationPenalty.AffineExponential)
        {
            long[] shape = [_pairs.Length, _layers.Length];
            _scale = new Parameter(full(shape, options.Scale, dtype: float32));
            _shift = new Parameter(full(shape, options.Shift, dtype: float32));
        }

        RegisterComponents();
    }

    /// <summary>How the weights are tied.</summary>
    public WeightRelationOptions Options { get; }

    /// <summary>Ω: the stages whose weights are tied.</summary>
    public IReadOnlyList<string> LayerNames { get; }

    /// <summary>a_j of eq. 7: [pairs of towers, layers]; null where the penalty has none.</summary>
    public Parameter? Scale => _scale;

    /// <summary>b_j of eq. 7: [pairs of towers, layers]; null where the penalty has none.</summary>
    public Parameter? Shift => _shift;

    /// <summary>r_w as a function of the squared distance between (mapped) weights.</summary>
    /// <param name="penalty">Which.</param>
    /// <param name="squaredDistance">‖·‖², a scalar tensor.</param>
    public static Tensor Penalize(RelationPenalty penalty, Tensor squaredDistance)
    {
        if (penalty == RelationPenalty.Squared)
        {
            return squaredDistance;
        }

        // One branch would do for the value, but not for the gradient: where() multiplies the branch not taken by
        // zero, and zero times an infinite exponential is no number. The clamp keeps that branch finite; at the limit
        // itself only the clamp has a slope, for that of relu at zero is zero.
        var near = squaredDistance.AtMost(ExponentLimit).expm1();
        var beyond = functional.relu(squaredDistance.Minus(ExponentLimit)).Times(Math.Exp(ExponentLimit));
        return near.Plus(beyond);
    }

    /// <summary>Terms of the sum: pairs of towers × layers.</summary>
    internal int Terms => _pairs.Length * _layers.Length;

    /// <summary><see cref="Penalize(RelationPenalty, Tensor)"/> of a number, and its slope.</summary>
    /// <param name="penalty">Which.</param>
    /// <param name="squaredDistance">‖·‖².</param>
    /// <param name="slope">Its derivative by the squared distance.</param>
    internal static double Penalize(RelationPenalty penalty, double squaredDistance, out double slope)
    {
        if (penalty == RelationPenalty.Squared)
        {
            slope = 1;
            return squaredDistance;
        }

        slope = Math.Exp(Math.Min(squaredDistance, ExponentLimit));
        return slope - 1 + (slope * Math.Max(0, squaredDistance - ExponentLimit));
    }

    /// <summary>The penalty by the kernels, for 32-bit floats on the CPU.</summary>
    /// <param name="towers">The towers that were tied.</param>
    internal Tensor PenaltyByKernels(IReadOnlyList<Tower> towers)
    {
        var weights = from term in Enumerable.Range(0, Terms)
                      let pair = WeightsOf(towers, term)
                      from weight in new[] { pair.First, pair.Second }
                      select weight;
        return FusedPenalty.apply([this, .. weights, .. new[] { _scale, _shift }.OfType<Parameter>()]);
    }

    /// <summary>The two weights of a term.</summary>
    internal (Parameter First, Parameter Second) WeightsOf(IReadOnlyList<Tower> towers, int term)
    {
        var (pair, layer) = (_pairs[term / _layers.Length], _layers[term % _layers.Length]);
        return (towers[pair.First].Layers[layer].Weight, towers[pair.Second].Layers[layer].Weight);
    }

    /// <summary>a and b of a term; 1 and 0 where the penalty has no map.</summary>
    internal unsafe (float Scale, float Shift) MapOf(int term) => _scale is null
        ? (1, 0)
        : (_scale.Pointer()[term], _shift!.Pointer()[term]);

    /// <summary>λ_w Σ r_w over pairs and layers: a scalar tensor.</summary>
    /// <param name="towers">The towers that were tied.</param>
    public Tensor Penalty(IReadOnlyList<Tower> towers)
    {
        var terms = new List<Tensor>();
        for (var pair = 0; pair < _pairs.Length; pair++)
        {
            for (var layer = 0; layer < _layers.Length; layer++)
            {
                terms.Add(Penalize(Options.Penalty, SquaredDistance(towers, pair, layer)));
            }
        }

        return stack(terms).sum().Times(Options.Weight);
    }

    /// <summary>‖a_j W_j¹ + b_j − W_j²‖² of one pair and layer, or ‖W_j¹ − W_j²‖² where the penalty has no map.</summary>
    /// <param name="towers">The towers that were tied.</param>
    /// <param name="pair">Which pair, in the order (0,1), (0,2), ..., (1,2), ...</param>
    /// <param name="layer">Which of <see cref="LayerNames"/>.</param>
    public Tensor SquaredDistance(IReadOnlyList<Tower> towers, int pair, int layer)
    {
        var first = towers[_pairs[pair].First].Layers[_layers[layer]].Weight;
        var second = towers[_pairs[pair].Second].Layers[_layers[layer]].Weight;
        var mapped = _scale is null ? first : (_scale[pair, layer] * first).Plus(_shift![pair, layer]);
        return (mapped - second).Squared().sum();
    }
}
