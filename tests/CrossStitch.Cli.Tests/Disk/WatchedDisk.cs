using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CrossStitch.Cli.Tests.Disk;

/// <summary>Runs the command in a process of its own between which and the disk a library stands: see disk.c.</summary>
public sealed class WatchedDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-disk-").FullName;
    private readonly string? _library;

    public WatchedDisk()
    {
        var source = Path.Combine(Path.GetDirectoryName(ThisFile())!, "disk.c");
        var library = Path.Combine(_folder, "disk.so");
        try
        {
            using var compiler = Process.Start("gcc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread"]);
            compiler.WaitForExit();
            _library = OperatingSystem.IsLinux() && compiler.ExitCode == 0 ? library : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no gcc here.
        }
    }

    /// <summary>Skips a test where there is nothing to stand in between with.</summary>
    public void Require() => Assert.SkipUnless(_library is not null, "Needs Linux and gcc, to stand between a process and the disk.");

    /// <summary>Runs a command.</summary>
    /// <param name="root">The folder in which changes are seen.</param>
    /// <param name="fault">What happens at one of them.</param>
    /// <param name="args">The command.</param>
    internal (int Code, string Errors) Run(string root, DiskFault fault, params string[] args) => Run(root, fault, null, args);

    /// <summary>Runs a command to its end, and gives what it did to the disk.</summary>
    internal IReadOnlyList<DiskOperation> Record(string root, params string[] args)
    {
        var log = Path.Combine(_folder, "log");
        var (code, errors) = Run(root, new DiskFault(), log, args);
        Assert.True(code == 0, errors);
        return DiskOperation.Read(log);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (int Code, string Errors) Run(string root, DiskFault fault, string? log, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LD_PRELOAD"] = _library;
        start.Environment["DISK_ROOT"] = root;
        start.Environment["DISK_LOG"] = log;
        start.Environment["DISK_KILL"] = $"{fault.KillAt}";
        start.Environment["DISK_FAIL"] = $"{fault.FailAt}";
        start.Environment["DISK_ERRNO"] = $"{fault.Error}";
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
