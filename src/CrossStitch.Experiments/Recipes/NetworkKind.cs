namespace CrossStitch.Experiments.Recipes;

/// <summary>The networks of the paper.</summary>
public enum NetworkKind
{
    /// <summary>One tower for the landmarks alone: the baseline.</summary>
    Single,

    /// <summary>One tower, a head a task (section 5.1).</summary>
    Split,

    /// <summary>Two towers with a cross-stitch unit after every layer (section 5.2).</summary>
    CrossStitch,

    /// <summary>Two towers tied by the weight relation alone (section 3.3).</summary>
    Related,

    /// <summary>Two towers with both (section 5.3).</summary>
    RelatedCrossStitch,
}
