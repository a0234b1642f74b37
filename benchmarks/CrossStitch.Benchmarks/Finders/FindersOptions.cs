namespace CrossStitch.Benchmarks.Finders;

/// <summary>What <c>finders</c> compares, and on what.</summary>
internal sealed record FindersOptions
{
    /// <summary>The archive in the layout of MTFL.</summary>
    public required string Data { get; init; }

    /// <summary>The file with the archive's detected boxes.</summary>
    public required string Boxes { get; init; }

    /// <summary>The folder with the pictures of public packages.</summary>
    public required string Pictures { get; init; }

    /// <summary>The folder with the lists of those pictures and of the faces on them.</summary>
    public required string Lists { get; init; }

    /// <summary>The folder with the rivals' models.</summary>
    public required string Models { get; init; }

    /// <summary>Our finder's file; null for the one of the package.</summary>
    public string? Finder { get; init; }

    /// <summary>A part of the finders' names; others do not take part.</summary>
    public string? Only { get; init; }

    /// <summary>Where the result goes as Markdown; null for nowhere but the console.</summary>
    public string? Markdown { get; init; }

    /// <summary>A folder for contact sheets of the surest false boxes and of missed faces; null for none.</summary>
    public string? Sheets { get; init; }

    /// <summary>A folder that keeps what the others found, so that they are not run again; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Measurements of each finder's time; 0 for none.</summary>
    public int Rounds { get; init; } = 11;

    /// <summary>Of so many pictures of the archive one is taken; 1 for all.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The command that compares the same again; files by their names alone.</summary>
    public string Command => "dotnet run -c Release --project benchmarks/CrossStitch.Benchmarks -- finders"
        + $" --data {Name(Data)} --boxes {Name(Boxes)} --pictures {Name(Pictures)} --models {Name(Models)}"
        + (Finder is null ? "" : $" --finder {Name(Finder)}")
        + (Every == 1 ? "" : FormattableString.Invariant($" --every {Every}"));

    private static string Name(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
