namespace CrossStitch.Cluster.Tests;

/// <summary>The study of the tests, done once by one process, with nothing in its way.</summary>
public sealed class UndisturbedStudy : IDisposable
{
    /// <summary>How many runs it has: five networks, eight seeds.</summary>
    public const int Runs = 40;

    private readonly string _root = Directory.CreateTempSubdirectory("xs-study-").FullName;
    private readonly Lazy<string> _folder;

    /// <summary>It is done when it is first asked for.</summary>
    public UndisturbedStudy() => _folder = new(() =>
    {
        var folder = Path.Combine(_root, "study");
        SlurmCluster.Start(SlurmCluster.Command, [.. Line, "--out", folder], new Dictionary<string, string?>()).Done();
        return folder;
    });

    /// <summary>The command, but for the folder.</summary>
    public static IReadOnlyList<string> Line { get; } = ["compare", "--faces", "60", "--epochs", "40", "--batch-size", "16", "--threads", "1", "--seeds", "8"];

    /// <summary>Its folder.</summary>
    public string Folder => _folder.Value;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}
