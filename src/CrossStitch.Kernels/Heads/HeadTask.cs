namespace CrossStitch.Kernels.Heads;

/// <summary>A linear head and what it learns.</summary>
/// <param name="Tower">The tower whose features it reads.</param>
/// <param name="Outputs">How many numbers it gives.</param>
/// <param name="LabelWidth">How many numbers the label of an example has.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Weight">λ: the factor of its loss in the joint loss.</param>
internal sealed record HeadTask(int Tower, int Outputs, int LabelWidth, IHeadLoss Loss, double Weight);
