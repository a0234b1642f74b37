namespace CrossStitch.Cli.Errors;

/// <summary>Places that a command is going to write to, tried before the work whose result goes there.</summary>
internal static class OutputPlace
{
    /// <summary>Refuses a folder that cannot be made or written to. Nothing is left behind.</summary>
    /// <param name="path">The folder; it may not be there yet.</param>
    /// <exception cref="CrossStitchException">It cannot be written to; the message says why.</exception>
    public static void RequireFolder(string path)
    {
        var existing = Path.GetFullPath(path);
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
            {
                throw new CrossStitchException($"{path}: cannot be written: {(existing == Path.GetFullPath(path) ? "it" : existing)} is a file, not a folder.");
            }

            existing = Path.GetDirectoryName(existing) ?? throw new CrossStitchException($"{path}: cannot be written: there is no such place.");
        }

        Try(path, Path.Combine(existing, $".crossstitch-{Guid.NewGuid():N}"));
    }

    /// <summary>Refuses a file that cannot be written. Nothing is left behind.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CrossStitchException">It cannot be written; the message says why.</exception>
    public static void RequireFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CrossStitchException($"{path}: cannot be written: it is a folder; name a file in it.");
        }

        Try(path, path + ".new");
    }

    private static void Try(string path, string file)
    {
        try
        {
            using (new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CrossStitchException($"{path}: cannot be written: {FileProblem.Reason(error)}.", error);
        }
    }
}
