using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CrossStitch.Kernels.Files;

/// <summary>Folders whose entries outlive a power cut.</summary>
internal static partial class DurableFolder
{
    private const int NoEntry = 2;
    private const int NoAccess = 13;

    /// <summary>Makes a folder, and those above it that are not there.</summary>
    /// <param name="path">Which.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Create(string path)
    {
        var made = new Stack<string>();
        for (var folder = Path.GetFullPath(path); !Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent; folder = parent)
        {
            made.Push(parent);
        }

        Directory.CreateDirectory(path);
        foreach (var parent in made)
        {
            Flush(parent);
        }
    }

    /// <summary>
    /// Puts on the disk which files a folder has. Windows does so by itself, in order. A folder that may not be read, or is
    /// not there any more, is left as it is.
    /// </summary>
    /// <param name="path">Which.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // The framework opens no folder, but flushes one that is open.
        using var folder = new SafeFileHandle(Open(path, OpenFlags()), ownsHandle: true);
        if (!folder.IsInvalid)
        {
            RandomAccess.FlushToDisk(folder);
        }
        else if (Marshal.GetLastPInvokeError() is var error and not (NoEntry or NoAccess))
        {
            throw new IOException(new Win32Exception(error).Message, error);
        }
    }

    // To read, and not to be handed on to child processes.
    private static int OpenFlags() => OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : 0;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
