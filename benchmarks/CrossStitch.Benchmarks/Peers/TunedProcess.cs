using System.Diagnostics;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>
/// libtorch gives its memory back to the system after every step and asks for it again: keeping it makes it 10 to 25 %
/// faster, and the honest peer is the tuned one. The C library reads these settings when a process starts, so the program
/// starts itself once more.
/// </summary>
internal static class TunedProcess
{
    private const string Everything = "1000000000";

    private static readonly string[] Names = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"];

    /// <summary>The settings of this process and of those that it starts.</summary>
    public static IReadOnlyDictionary<string, string> Settings => Names
        .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
        .Where(setting => setting.Value is not null)
        .ToDictionary(setting => setting.Name, setting => setting.Value!);

    /// <summary>Whether this process has them, or its system knows none.</summary>
    public static bool IsThis => !OperatingSystem.IsLinux() || Settings.Count == Names.Length;

    /// <summary>Runs this program with them.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code.</returns>
    public static int Run(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(TunedProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. assembly, .. arguments]);
        foreach (var name in Names)
        {
            start.Environment.TryAdd(name, Everything);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
