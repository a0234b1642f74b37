namespace CrossStitch.Web.Runs;

/// <summary>
/// Training runs that the page shows beside the photos. A run is asked for by an identifier that the list gave: no text
/// of a request becomes part of a path.
/// </summary>
public interface ITrainingRuns
{
    /// <summary>The runs as they are now.</summary>
    RunsAnswer List();

    /// <summary>A run with its curves.</summary>
    /// <param name="id">As the list gives it.</param>
    /// <returns>Null where there is no such run.</returns>
    RunAnswer? Read(string id);

    /// <summary>The report, a whole HTML page; null where there is none yet.</summary>
    string? Report();
}
