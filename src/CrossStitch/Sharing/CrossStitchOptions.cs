namespace CrossStitch.Sharing;

/// <summary>How cross-stitch units are built (section 5.2).</summary>
/// <param name="PerChannel">One matrix a channel (the paper's choice, the default) or one a layer.</param>
/// <param name="Same">α_S: first value of what a tower takes of itself, 0.9 by default.</param>
/// <param name="Other">α_D: first value of what it takes of each other tower, 0.1 by default.</param>
public sealed record CrossStitchOptions(bool PerChannel = true, double Same = 0.9, double Other = 0.1);
