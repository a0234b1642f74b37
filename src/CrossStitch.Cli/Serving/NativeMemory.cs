using System.Runtime.InteropServices;

namespace CrossStitch.Cli.Serving;

/// <summary>
/// The memory that decoding takes outside of .NET. The C library of most Linux systems keeps blocks of up to 32 MB when they
/// are given back, once it has seen such; a server that decodes photos for days does better to give them to the system.
/// </summary>
internal static class NativeMemory
{
    // As <malloc.h> of glibc numbers them.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int LargestKept = 256 << 10;

    private delegate int SetOption(int option, int value);

    /// <summary>Has large blocks given back at once, where the C library knows how.</summary>
    public static void GiveBackLargeBlocks()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "mallopt", out var function))
        {
            var set = Marshal.GetDelegateForFunctionPointer<SetOption>(function);
            set(MapThreshold, LargestKept);
            set(TrimThreshold, LargestKept);
        }
    }
}
