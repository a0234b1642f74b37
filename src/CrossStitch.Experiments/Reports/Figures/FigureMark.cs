namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>The marks of figures.</summary>
public enum FigureMark
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>A broken line.</summary>
    Dashes,

    /// <summary>A filled circle.</summary>
    Dot,

    /// <summary>An open circle.</summary>
    Ring,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>An open diamond.</summary>
    Diamond,

    /// <summary>A cross.</summary>
    Cross,
}
