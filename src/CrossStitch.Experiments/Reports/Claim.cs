namespace CrossStitch.Experiments.Reports;

/// <summary>A claim of the paper, and what this study sees of it.</summary>
/// <param name="Section">Where the paper makes it.</param>
/// <param name="Says">What it says.</param>
/// <param name="Seen">What the study's numbers say.</param>
/// <param name="Standing">Whether it holds here.</param>
internal sealed record Claim(string Section, string Says, string Seen, ClaimStanding Standing);
