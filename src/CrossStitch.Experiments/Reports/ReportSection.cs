namespace CrossStitch.Experiments.Reports;

/// <summary>A section of a report. One of your own is added to the catalog, or belongs to the domain of a data source.</summary>
/// <param name="id">Its name in links.</param>
/// <param name="title">Its heading.</param>
public abstract class ReportSection(string id, string title)
{
    /// <summary>Its name in links.</summary>
    public string Id { get; } = id;

    /// <summary>Its heading.</summary>
    public string Title { get; } = title;

    /// <summary>The section that it follows, by its <see cref="Id"/>: verdict, networks, claims, errors, training-and-sharing, questions or failures.</summary>
    public virtual string After => "questions";

    /// <summary>Its content; without an element or a figure the section is left out.</summary>
    /// <param name="view">The study and its results.</param>
    public abstract IEnumerable<ReportPart> Content(StudyView view);
}
