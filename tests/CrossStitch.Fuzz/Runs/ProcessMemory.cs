using System.Globalization;

namespace CrossStitch.Fuzz.Runs;

/// <summary>The memory of this process, native memory included, in bytes.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";

    /// <summary>Now.</summary>
    public static long Now() => Read("VmRSS:") ?? Environment.WorkingSet;

    /// <summary>The most that it ever was.</summary>
    public static long Peak() => Read("VmHWM:") ?? Environment.WorkingSet;

    private static long? Read(string name)
    {
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) : null;
        return line is null ? null : long.Parse(line.AsSpan(name.Length).TrimEnd("kB "), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) << 10;
    }
}
