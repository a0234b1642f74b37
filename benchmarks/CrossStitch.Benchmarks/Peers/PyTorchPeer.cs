using System.Diagnostics;
using System.Globalization;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>The same networks in plain PyTorch, in a Python process of their own that works when it is asked and else sleeps.</summary>
public sealed class PyTorchPeer : IDisposable
{
    private readonly Process _process;

    private PyTorchPeer(Process process, string version) => (_process, Version) = (process, version);

    /// <summary>PyTorch's version.</summary>
    public string Version { get; }

    /// <summary>Starts the peer; null where there is no Python with PyTorch.</summary>
    /// <param name="threads">How many threads it may use.</param>
    public static PyTorchPeer? Start(int threads)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "pytorch_networks.py");

        // Debian's PyTorch belongs to Debian's Python, which need not be the first on the path.
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                var start = new ProcessStartInfo(python, [script, threads.ToString(CultureInfo.InvariantCulture)])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                };

                // PyTorch gains 10 to 25 % from keeping its memory: the honest peer is the tuned one.
                start.Environment["MALLOC_TRIM_THRESHOLD_"] = start.Environment["MALLOC_MMAP_THRESHOLD_"] = "1000000000";
                var process = Process.Start(start)!;
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                if (process.StandardOutput.ReadLine() is { } version)
                {
                    return new PyTorchPeer(process, version);
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No such Python.
            }
        }

        return null;
    }

    /// <summary>Faces a second.</summary>
    /// <param name="job"><c>train</c> or <c>forward</c>.</param>
    /// <param name="network">Which network.</param>
    /// <param name="batchSize">Faces at a time.</param>
    /// <param name="seconds">How long to measure.</param>
    public double Measure(string job, NetworkKind network, int batchSize, double seconds)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job} {NetworkBuilder.Name(network)} {batchSize} {seconds}"));
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The PyTorch peer ended; run benchmarks/peers/pytorch_networks.py by hand to see why.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
    }
}
