namespace CrossStitch.Kernels;

/// <summary>What a step of Adam needs beside the numbers.</summary>
/// <param name="Number">The step's number, from 1: early steps make up for means that start at zero.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="WeightDecay">L2 decay: this times the parameter is added to its gradient.</param>
/// <param name="GradientScale">What the gradient is multiplied by first.</param>
/// <param name="MeanDecay">β₁: how much of the gradient's mean stays.</param>
/// <param name="SquareDecay">β₂: how much of the squared gradient's mean stays.</param>
/// <param name="Epsilon">ε: keeps the step finite where there has been no gradient.</param>
internal readonly record struct AdamStep(
    long Number,
    double LearningRate,
    double WeightDecay = 0,
    double GradientScale = 1,
    double MeanDecay = 0.9,
    double SquareDecay = 0.999,
    double Epsilon = 1e-8);
