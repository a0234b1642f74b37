using System.Diagnostics;
using System.Globalization;
using CrossStitch.Benchmarks.Work;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>The same networks in plain PyTorch, in a Python process of their own that works when it is asked and else sleeps.</summary>
public sealed class PyTorchPeer : IPeer
{
    private readonly Process _process;
    private readonly string _faces;

    private PyTorchPeer(Process process, string faces, string version) => (_process, _faces, Version) = (process, faces, version);

    /// <inheritdoc/>
    public string Name => "PyTorch";

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public string Tuning => "the fastest of modules as they come and channels last, and for forward also of TorchScript frozen and optimised for inference";

    /// <summary>Starts the peer; null where there is no Python with PyTorch.</summary>
    /// <param name="faces">What the networks see.</param>
    public static PyTorchPeer? Start(BenchmarkFaces faces)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "pytorch_networks.py");
        var file = Path.GetTempFileName();
        faces.Save(file);

        // An environment that is active comes first; Debian's PyTorch belongs to Debian's Python.
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            try
            {
                var process = Process.Start(new ProcessStartInfo(python, [script, file, BenchmarkFaces.Count.ToString(CultureInfo.InvariantCulture), faces.Size.ToString(CultureInfo.InvariantCulture)])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                if (process.StandardOutput.ReadLine() is { } version)
                {
                    return new PyTorchPeer(process, file, version);
                }

                process.Dispose();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No such Python.
            }
        }

        File.Delete(file);
        return null;
    }

    /// <inheritdoc/>
    public bool Does(JobKind kind) => true;

    /// <inheritdoc/>
    public IPeerWork Prepare(PeerJob job)
    {
        var way = Ask($"prepare {job.Kind.ToString().ToLowerInvariant()} {job.Network} {job.Batch} {job.Threads}");
        return new PythonWork(this, way);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
        File.Delete(_faces);
    }

    private string Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine()
            ?? throw new CrossStitchException($"The PyTorch peer ended over '{request}'; run benchmarks/peers/pytorch_networks.py by hand to see why.");
    }

    private sealed class PythonWork(PyTorchPeer peer, string way) : IPeerWork
    {
        public string? Way => way;

        public double Measure(double seconds) =>
            double.Parse(peer.Ask(string.Create(CultureInfo.InvariantCulture, $"measure {seconds}")), CultureInfo.InvariantCulture);

        public void Dispose()
        {
            // The process keeps the last job until the next one.
        }
    }
}
