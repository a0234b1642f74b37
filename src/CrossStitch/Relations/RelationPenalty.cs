namespace CrossStitch.Relations;

/// <summary>The penalty r_w on two layers' weights; the three of section 3.3.</summary>
public enum RelationPenalty
{
    /// <summary><c>‖W¹ − W²‖²</c>.</summary>
    Squared,

    /// <summary><c>exp(‖W¹ − W²‖²) − 1</c>.</summary>
    Exponential,

    /// <summary><c>exp(‖a W¹ + b − W²‖²) − 1</c> with learned a and b (eq. 7): the paper's choice.</summary>
    AffineExponential,
}
