using CrossStitch.Cli.Photos;

namespace CrossStitch.Cli.Display;

/// <summary>How faces are printed.</summary>
internal interface IFaceFormat
{
    /// <summary>The line before all others; null if there is none.</summary>
    string? Head { get; }

    /// <summary>Whether a photo without faces has a line, too.</summary>
    bool ListsEveryPhoto => true;

    /// <summary>The lines of a photo.</summary>
    /// <param name="photo">The photo.</param>
    IEnumerable<string> Lines(ReadPhoto photo);
}
