using System.Security.Cryptography;
using System.Text;

namespace CrossStitch.Kernels.Files;

/// <summary>
/// A file under way, beside its place: it takes that place when it is whole and on the disk, or leaves nothing. Its name
/// cannot be guessed and is opened anew, so that nobody's link is followed; it is locked until it is in its place, so that
/// others tell a dead process's, which the next writer in the folder removes.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    private const string Prefix = ".crossstitch-";
    private const string Suffix = ".new";
    private const int MachineLength = 8;
    private const int RandomLength = 16;
    private const int MostTries = 5;
    private const string LinuxBoot = "/proc/sys/kernel/random/boot_id";

    // Windows moves no open file without this; elsewhere, where it would lock less, a move asks nobody.
    private static readonly FileShare Sharing = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private static readonly TimeSpan Old = TimeSpan.FromDays(1);

    private readonly string _folder;
    private readonly string _path;
    private bool _moved;

    /// <summary>Begins a file, and removes what dead processes left in the folder.</summary>
    /// <param name="folder">Where; it is there.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public PendingFile(string folder)
    {
        _folder = Path.GetFullPath(folder);
        RemoveLeftovers(_folder);
        for (var tries = 1; ; tries++)
        {
            _path = Path.Combine(_folder, Prefix + Machine() + "-" + RandomNumberGenerator.GetHexString(RandomLength, lowercase: true) + Suffix);
            try
            {
                Content = new FileStream(_path, FileMode.CreateNew, FileAccess.Write, Sharing);
            }
            catch (IOException) when (tries < MostTries)
            {
                continue;
            }

            // Between being made and being locked, it may have been taken for a dead process's.
            if (File.Exists(_path) || tries == MostTries)
            {
                return;
            }

            Content.Dispose();
        }
    }

    /// <summary>What it holds.</summary>
    public FileStream Content { get; }

    /// <summary>Writes a file, whole or not at all, and to the disk.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="content">All that it holds.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = new PendingFile(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
        file.Content.Write(content);
        file.MoveTo(path);
    }

    /// <summary>
    /// Removes what dead processes of this machine left in a folder, and what other machines left there a day before it was last
    /// written to.
    /// </summary>
    /// <param name="folder">Where.</param>
    public static void RemoveLeftovers(string folder)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix))
            {
                RemoveIfLeft(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever may write in a folder may not always list it, and it may be gone.
        }
    }

    /// <summary>Puts it in its place; from then on it outlives a power cut.</summary>
    /// <param name="path">Its place, in the same folder.</param>
    /// <exception cref="IOException">It cannot be moved there, or a device is there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be moved there.</exception>
    public void MoveTo(string path)
    {
        if (IsDevice(Path.GetFullPath(path)))
        {
            throw new IOException("it is a device, not a file");
        }

        Content.Flush(flushToDisk: true);
        File.Move(_path, path, overwrite: true);
        _moved = true;
        DurableFolder.Flush(_folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (!_moved)
            {
                // While it is locked, where that can be; Windows deletes what is shared so when it is closed.
                File.Delete(_path);
            }

            Content.Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What kept the file from being written is already being reported.
        }
    }

    private static void RemoveIfLeft(string path)
    {
        // Locks may not reach other machines; a link is somebody's trap. How old a file is, the folder says, which was written to
        // when the file was made and by every writer since: this machine's clock may be another than the disk's, or have jumped.
        var file = new FileInfo(path);
        if (!IsOurs(file.Name, out var isHere) || file.LinkTarget is not null || (!isHere && Directory.GetLastWriteTimeUtc(file.DirectoryName!) - file.LastWriteTimeUtc < Old))
        {
            return;
        }

        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its writer is alive, or has just put it in its place.
        }
    }

    /// <summary>Whether a path is the system's own: a file moved there would take a device's name away from the whole machine.</summary>
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && (path.StartsWith("/proc/", StringComparison.Ordinal) || (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)));

    private static bool IsOurs(string name, out bool isHere)
    {
        var rest = name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length);
        isHere = rest.StartsWith(Machine(), StringComparison.Ordinal);
        return rest.Length == MachineLength + 1 + RandomLength && rest[MachineLength] == '-';
    }

    /// <summary>The machine since it was started: names such as localhost are no machine's own.</summary>
    private static string Machine() => File.Exists(LinuxBoot)
        ? File.ReadAllText(LinuxBoot)[..MachineLength]
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))[..MachineLength];
}
