namespace CrossStitch.Experiments.Runs;

/// <summary>
/// A file that is opened before the work whose result it takes, so that a place that cannot be written is known at once,
/// and that is written whole or not at all. Until it is finished, nothing is made but a temporary file, which goes when
/// this is disposed of.
/// </summary>
public sealed class OutputFile : IDisposable
{
    private readonly string _named;
    private readonly string _target;
    private readonly string _temporary;
    private readonly FileStream _file;

    /// <summary>Opens a file to write.</summary>
    /// <param name="path">Where it will be; folders that are not there are made, a file that is there is replaced.</param>
    /// <exception cref="CrossStitchException">No file can be written there.</exception>
    public OutputFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new CrossStitchException("The name of the file to write is empty; name a file.");
        }

        _named = path;
        _temporary = path;
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

            _temporary = Path.Combine(folder, $".crossstitch-{Path.GetRandomFileName()}.new");
            _file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Error(error);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="content">All that it will hold.</param>
    /// <exception cref="CrossStitchException">It cannot be written.</exception>
    public void Finish(ReadOnlySpan<byte> content)
    {
        try
        {
            _file.Write(content);
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
            File.Move(_temporary, _target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Error(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
            File.Delete(_temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What failed before says more than this would.
        }
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
