namespace CrossStitch.Cli.Errors;

/// <summary>Places that a command is going to write to, tried before the work whose result goes there.</summary>
internal static class OutputPlace
{
    private const int MostTries = 20;

    /// <summary>Refuses a folder that cannot be made or written to. Nothing is left behind.</summary>
    /// <param name="path">The folder; it may not be there yet.</param>
    /// <exception cref="CrossStitchException">It cannot be written to; the message says why.</exception>
    public static void RequireFolder(string path)
    {
        var made = new Stack<string>();
        try
        {
            for (var folder = Path.GetFullPath(path); !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!)
            {
                if (File.Exists(folder) || new FileInfo(folder).LinkTarget is not null)
                {
                    throw new CrossStitchException($"{path}: cannot be written: {folder} is {(File.Exists(folder) ? "a file, not a folder" : "a link that leads nowhere")}.");
                }

                made.Push(folder);
            }

            for (var tries = 1; !TryWrite(path) && tries < MostTries; tries++)
            {
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CrossStitchException($"{path}: cannot be written: {FileProblem.Reason(error)}.", error);
        }
        finally
        {
            foreach (var folder in made.Reverse())
            {
                RemoveIfEmpty(folder);
            }
        }
    }

    /// <returns>False if another process, which tried the same folder, has removed it in between.</returns>
    private static bool TryWrite(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            AtomicFile.RequireWritable(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Refuses a file in a folder that is not there, or in the place of a folder.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CrossStitchException">It cannot be written; the message says why.</exception>
    public static void RequireFile(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (Directory.Exists(path) || !Directory.Exists(folder))
        {
            throw new CrossStitchException($"{path}: cannot be written: {(Directory.Exists(path) ? "it is a folder; name a file in it" : File.Exists(folder) ? $"{folder} is a file, not a folder" : $"there is no folder {folder}")}.");
        }
    }

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process has begun to work there in the meantime, or it was never made.
        }
    }
}
