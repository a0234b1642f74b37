namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>A figure: panels side by side, and the text that goes with them.</summary>
/// <param name="Id">Its name in links and file names, such as <c>figure-5</c>.</param>
/// <param name="Title">What it shows, in a line.</param>
/// <param name="Caption">What to see in it.</param>
/// <param name="Alternative">What it says, for those who do not see it.</param>
/// <param name="Panels">Its pictures, at least one.</param>
/// <param name="Key">What its colours and marks mean.</param>
public sealed record Figure(
    string Id,
    string Title,
    string Caption,
    string Alternative,
    IReadOnlyList<FigurePanel> Panels,
    IReadOnlyList<FigureKey> Key)
{
    private const int MostTitle = 300;
    private const int MostSentences = 10_000;

    /// <summary>What it shows, in a line.</summary>
    public string Title { get; init; } = ShownText.Of(Title, MostTitle);

    /// <summary>What to see in it.</summary>
    public string Caption { get; init; } = ShownText.Of(Caption, MostSentences);

    /// <summary>What it says, for those who do not see it.</summary>
    public string Alternative { get; init; } = ShownText.Of(Alternative, MostSentences);

    /// <summary>How many panels stand side by side in the figure's files.</summary>
    public int Columns { get; init; } = 2;

    /// <summary>What narrow screens show in the place of its panels; null if they show these, scrolled.</summary>
    public FigurePanel? Narrow { get; init; }

    /// <summary>Whether it shows examples of the data set, which may not be passed on with it.</summary>
    public bool ShowsExamples { get; init; }
}
