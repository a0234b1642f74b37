namespace CrossStitch.Experiments.Runs;

/// <summary>
/// A file that a long work's result goes to: a place that cannot be written is known before the work. It is written whole or
/// not at all, and until then nothing is made.
/// </summary>
public sealed class OutputFile
{
    private readonly string _named;
    private readonly string _target;

    /// <summary>Makes sure that a file can be written.</summary>
    /// <param name="path">Where it will be; folders that are not there are made, a file that is there is replaced.</param>
    /// <exception cref="CrossStitchException">No file can be written there.</exception>
    public OutputFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new CrossStitchException("The name of the file to write is empty; name a file.");
        }

        _named = path;
        try
        {
            var named = new FileInfo(path);
            _target = (named.LinkTarget is null ? null : named.ResolveLinkTarget(returnFinalTarget: true)?.FullName) ?? named.FullName;
            Check(named.FullName);

            // In the nearest folder that is there: its permissions decide, and a failure leaves no new folders behind.
            var folder = Path.GetDirectoryName(_target)!;
            while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
            {
                folder = File.Exists(folder) ? throw Error($"{folder} is a file, not a folder") : parent;
            }

            AtomicFile.RequireWritable(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Error(error);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="content">All that it will hold.</param>
    /// <exception cref="CrossStitchException">It cannot be written.</exception>
    public void Finish(byte[] content)
    {
        AtomicFile.CreateFolder(Path.GetDirectoryName(_target)!);
        AtomicFile.Write(_target, file => file.Write(content));
    }

    private void Check(string named)
    {
        if (Directory.Exists(_target) || Path.EndsInDirectorySeparator(_target))
        {
            throw Error("it is a folder; name a file in it");
        }

        // Moving a file over a device would take the device's name away from the whole machine.
        if (IsDevice(named) || IsDevice(_target))
        {
            throw Error("it is a device, not a file");
        }

        if (File.Exists(_target) && File.GetAttributes(_target).HasFlag(FileAttributes.ReadOnly))
        {
            throw Error("it is write-protected; name another file");
        }
    }

    private static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && (Path.GetDirectoryName(path) is "/dev" or "/dev/fd" or "/dev/pts" || path.StartsWith("/proc/", StringComparison.Ordinal));

    private CrossStitchException Error(string why) => new($"{_named}: the file cannot be written: {why}.");

    private CrossStitchException Error(Exception error) =>
        new($"{_named}: the file cannot be written: {FileProblem.Reason(error)}.", error);
}
