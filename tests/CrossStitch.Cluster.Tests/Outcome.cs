namespace CrossStitch.Cluster.Tests;

/// <summary>How a program ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed as errors.</param>
public sealed record Outcome(int Code, string Output, string Errors)
{
    /// <summary>What it printed, if it ended well; else the test fails.</summary>
    public string Done()
    {
        Assert.True(Code == 0, $"It ended with {Code}: {Errors}{Output}");
        return Output;
    }
}
