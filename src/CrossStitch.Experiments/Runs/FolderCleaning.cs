namespace CrossStitch.Experiments.Runs;

/// <summary>Deletes what a command wrote itself, file by file, and never more.</summary>
internal static class FolderCleaning
{
    /// <summary>Deletes a file, if it is there.</summary>
    public static void DeleteFile(string path) => Do(path, () =>
    {
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }
    });

    /// <summary>Deletes the files of a folder whose names follow a pattern.</summary>
    public static void DeleteFiles(string folder, string pattern)
    {
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.GetFiles(folder, pattern))
            {
                DeleteFile(file);
            }
        }
    }

    /// <summary>Deletes a folder that nothing is in but what dead processes left; not one that is a link, which somebody put there.</summary>
    public static void DeleteIfEmpty(string folder) => Do(folder, () =>
    {
        AtomicFile.RemoveLeftovers(folder);
        var info = new DirectoryInfo(folder);
        if (info is { Exists: true, LinkTarget: null } && !info.EnumerateFileSystemInfos().Any())
        {
            info.Delete();
        }
    });

    private static void Do(string path, Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: cannot be deleted: {FileProblem.Reason(error)}.", error);
        }
    }
}
