using System.Text.Json.Serialization;

namespace CrossStitch.Relations;

/// <summary>
/// The penalty r_w on two layers' weights, as a function of their squared distance; <see cref="All"/> are the three of
/// section 3.3. A penalty of your own derives from this.
/// </summary>
/// <param name="Name">Names it in files and options.</param>
[JsonConverter(typeof(RelationPenaltyConverter))]
public abstract record RelationPenalty(string Name)
{
    /// <summary>
    /// Squared distance up to which the exponential penalties are the paper's formula to the letter; beyond it they
    /// continue along the tangent, <c>e^30 (1 + s − 30) − 1</c>, with the same value and slope where they meet.
    /// The squared norm of thousands of weights is easily in the hundreds, e^89 is no float any more, and Adam squares
    /// the gradient: from e^30 ≈ 10^13 the square of a gradient still stays twelve orders below the largest float.
    /// </summary>
    public const double ExponentLimit = 30;

    /// <summary><c>‖W¹ − W²‖²</c>: <c>squared</c>.</summary>
    public static RelationPenalty Squared { get; } = new SquaredPenalty();

    /// <summary><c>exp(‖W¹ − W²‖²) − 1</c>: <c>exponential</c>.</summary>
    public static RelationPenalty Exponential { get; } = new ExponentialPenalty("exponential", Map: false);

    /// <summary><c>exp(‖a W¹ + b − W²‖²) − 1</c> with learned a and b (eq. 7), the paper's choice: <c>affine-exponential</c>.</summary>
    public static RelationPenalty AffineExponential { get; } = new ExponentialPenalty("affine-exponential", Map: true);

    /// <summary>The paper's penalties.</summary>
    public static IReadOnlyList<RelationPenalty> All { get; } = [Squared, Exponential, AffineExponential];

    /// <summary>Whether the first weights are mapped by a learned a and b before they are compared (eq. 7); false by default.</summary>
    public virtual bool HasMap => false;

    /// <summary>The penalty of a pair of layers. It may be called by several threads at once.</summary>
    /// <param name="squaredDistance"><c>‖a W¹ + b − W²‖²</c>, or without a and b where there is no map; at least 0.</param>
    /// <param name="slope">Its derivative by the squared distance.</param>
    public abstract double Penalize(double squaredDistance, out double slope);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
