namespace CrossStitch.Sharing;

/// <summary>How the blocks of a network's parameters are called.</summary>
public static class ParameterNames
{
    /// <summary>a_j of eq. 7: [pairs of towers, layers].</summary>
    public const string Scale = "relation.scale";

    /// <summary>b_j of eq. 7: [pairs of towers, layers].</summary>
    public const string Shift = "relation.shift";

    /// <summary>A stage of a tower; followed by <c>.weight</c> or <c>.bias</c>.</summary>
    /// <param name="tower">Which tower, from 0.</param>
    /// <param name="stage">The stage's name.</param>
    public static string Stage(int tower, string stage) => $"tower{tower}.{stage}";

    /// <summary>A task's head; followed by <c>.weight</c> or <c>.bias</c>.</summary>
    /// <param name="task">The task's name.</param>
    public static string Head(string task) => $"head.{task}";

    /// <summary>α of the cross-stitch unit after a stage: [towers, towers, channels], or [towers, towers, 1] of a unit a layer.</summary>
    /// <param name="stage">The stage's name.</param>
    public static string Alpha(string stage) => $"stitch.{stage}.alpha";
}
