namespace CrossStitch.Training;

/// <summary>How gradients become steps.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015) with β 0.9 and 0.999; weight decay is an L2 term of the gradient.</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}
