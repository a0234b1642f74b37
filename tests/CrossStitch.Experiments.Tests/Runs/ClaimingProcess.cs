using System.Diagnostics;
using System.Runtime.CompilerServices;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Tests.Runs;

/// <summary>A process of its own, of this assembly, that claims a run and keeps it until it is killed.</summary>
internal sealed class ClaimingProcess : IDisposable
{
    private const string Variable = "CROSSSTITCH_TEST_CLAIM";
    private readonly Process _process;

    public ClaimingProcess(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ClaimingProcess).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[Variable] = folder;
        _process = Process.Start(start)!;
        Answer = _process.StandardOutput.ReadLine();
    }

    public string? Answer { get; }

    public int Id => _process.Id;

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>Before any test: the process that is to claim a run never comes to the tests.</summary>
    [ModuleInitializer]
    internal static void ClaimIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } folder)
        {
            using var claim = RunClaim.TryTake(folder);
            Console.WriteLine(claim is null ? "refused" : "claimed");
            Thread.Sleep(TimeSpan.FromMinutes(2));
            Environment.Exit(0);
        }
    }
}
