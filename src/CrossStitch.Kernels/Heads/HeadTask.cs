using CrossStitch.Kernels.Models;

namespace CrossStitch.Kernels.Heads;

/// <summary>A linear head and what it learns.</summary>
/// <param name="Tower">The tower whose features it reads.</param>
/// <param name="Outputs">How many numbers it gives.</param>
/// <param name="Kind">Numbers, learned by their squared error, or logits, learned by cross-entropy.</param>
/// <param name="Weight">λ: the factor of its loss in the joint loss.</param>
public sealed record HeadTask(int Tower, int Outputs, HeadKind Kind, double Weight);
