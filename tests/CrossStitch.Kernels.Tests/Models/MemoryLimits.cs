using System.Globalization;
using System.Text.RegularExpressions;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Kernels.Tests.Models;

/// <summary>What runners say of the memory that they need.</summary>
internal static partial class MemoryLimits
{
    /// <summary>The smallest limit that a model can be run with.</summary>
    public static long Smallest(NetworkModel model, int threads = 1)
    {
        var error = Assert.Throws<ModelFileException>(() => new NetworkRunner(model, threads, memoryLimit: 0));
        return long.Parse(Needed().Match(error.Message).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"needs (\d+) bytes")]
    private static partial Regex Needed();
}
