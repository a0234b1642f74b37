using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Targets;

namespace CrossStitch.Fuzz.Runs;

/// <summary>What came of an input.</summary>
/// <param name="Refusal">The documented exception; null if it was accepted.</param>
/// <param name="Finding">What it must not do; null if nothing.</param>
/// <param name="Seconds">Processor time.</param>
/// <param name="Bytes">Allocated.</param>
internal sealed record Attempt(Exception? Refusal, Finding? Finding, double Seconds, long Bytes)
{
    /// <summary>Gives an input to a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="input">The input.</param>
    /// <param name="limits">What it may cost.</param>
    public static Attempt Of(FuzzTarget target, FuzzInput input, FuzzLimits limits)
    {
        var (allocated, time, exhausted) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, Exhaustion.Count);
        Exception? refusal = null;
        Finding? finding = null;
        try
        {
            target.Run(input);
        }
        catch (Exception error) when (target.Documented.Any(type => type.IsInstanceOfType(error)))
        {
            refusal = error;
        }
        catch (Exception error)
        {
            finding = Finding.Of(error);
        }

        var (seconds, bytes) = ((Environment.CpuUsage.TotalTime - time).TotalSeconds, GC.GetTotalAllocatedBytes() - allocated);
        finding ??= Exhaustion.Count > exhausted ? Finding.Of("memory: asked for more than there is, and went on", "")
            : bytes > limits.Bytes ? Finding.Of("memory", $"It allocated {bytes >> 20} MB in all.")
            : seconds > limits.Seconds ? Finding.Of("time", $"It took {seconds:0.0} s of processor time.")
            : null;
        return new Attempt(refusal, finding, seconds, bytes);
    }
}
