namespace CrossStitch.Kernels.Models;

/// <summary>What the numbers of a head mean.</summary>
public enum HeadKind
{
    /// <summary>Numbers to be taken as they are.</summary>
    Regression,

    /// <summary>Logits, one a class: <see cref="HeadOutputs.Softmax"/> makes probabilities of them.</summary>
    Classification,
}
