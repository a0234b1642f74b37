using System.Globalization;
using System.Runtime.InteropServices;

namespace CrossStitch.Benchmarks.Machines;

/// <summary>What a result was measured on.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Logical cores that this process may use.</param>
/// <param name="VectorBits">The widest vectors that are fast.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Load">Processes that wanted to run in the minute before, as the system has it; null where it does not say. 0 is a free machine.</param>
public sealed record Machine(string Processor, int Cores, int VectorBits, string System, string Runtime, double? Load)
{
    /// <summary>This machine, now.</summary>
    public static Machine This() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        FmaPeak.WidestVector,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        LoadOfLastMinute());

    private static string ProcessorName()
    {
        const string Source = "/proc/cpuinfo";
        if (!File.Exists(Source))
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
        }

        var lines = File.ReadAllLines(Source);
        string? Value(string key) => lines.FirstOrDefault(line => line.Split(':')[0].Trim() == key)?.Split(':', 2)[1].Trim();

        // Virtual machines often hide the model's name, but not its number.
        return Value("model name") is { } name
            ? $"{name} (family {Value("cpu family")}, model {Value("model")})"
            : RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static double? LoadOfLastMinute() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}
