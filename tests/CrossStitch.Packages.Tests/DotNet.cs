using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CrossStitch.Packages.Tests;

/// <summary>Runs dotnet as a person would, and knows where the repository is.</summary>
internal static class DotNet
{
    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>The configuration that everything was built in.</summary>
    public static string Configuration { get; } =
        typeof(DotNet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Configuration").Value!;

    /// <summary>The folder that packages are restored to.</summary>
    public static string Packages { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Runs a program that lies beside the tests.</summary>
    /// <param name="name">Its assembly.</param>
    /// <param name="args">What to call it with.</param>
    /// <returns>The code that it exits with, and what it prints, errors last.</returns>
    public static (int Code, string Output) Program(string name, params string[] args) =>
        Run("dotnet", AppContext.BaseDirectory, null, [Path.Combine(AppContext.BaseDirectory, name + ".dll"), .. args]);

    /// <summary>Runs a command of the SDK to its end, and requires that it succeeds.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="packages">The folder of a package cache of its own; null for the user's.</param>
    /// <param name="args">The command.</param>
    public static string Sdk(string folder, string? packages, params string[] args)
    {
        // A build server that outlives its command would keep the output that is read here open.
        var (code, output) = Run("dotnet", folder, packages, [.. args, "-nodeReuse:false", "-p:UseSharedCompilation=false"]);
        Assert.True(code == 0, $"dotnet {string.Join(' ', args)} exits with {code}:\n{output}");
        return output;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Which.</param>
    /// <param name="folder">Where.</param>
    /// <param name="packages">The folder of a package cache of its own; null for the user's.</param>
    /// <param name="args">What to call it with.</param>
    public static (int Code, string Output) Run(string program, string folder, string? packages, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // 'dotnet test' tells its children which MSBuild it uses itself.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
