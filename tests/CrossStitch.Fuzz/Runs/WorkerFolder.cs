using System.IO.MemoryMappedFiles;

namespace CrossStitch.Fuzz.Runs;

/// <summary>Where a process that tries inputs and the one that started it tell each other how far it is: a process may end at any moment.</summary>
/// <param name="path">The folder.</param>
internal sealed class WorkerFolder(string path)
{
    /// <summary>Where it writes what it has counted.</summary>
    public string TallyPath => Path.Combine(path, "tally.json");

    /// <summary>Where it writes why it ends itself, in a line; then what is known.</summary>
    public string LastWordsPath => Path.Combine(path, "last-words.txt");

    /// <summary>Where targets put files.</summary>
    public string Scratch => Directory.CreateDirectory(Path.Combine(path, "scratch")).FullName;

    /// <summary>Makes a folder; in memory, where the system has such a place.</summary>
    public static DirectoryInfo Create()
    {
        const string InMemory = "/dev/shm";
        var parent = Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(parent, $"crossstitch-fuzz-{Guid.NewGuid():N}"));
    }

    /// <summary>The number of the input that is being tried, kept whatever becomes of the process.</summary>
    public MemoryMappedViewAccessor OpenNumber()
    {
        using var file = MemoryMappedFile.CreateFromFile(Path.Combine(path, "number"), FileMode.OpenOrCreate, null, sizeof(long));
        return file.CreateViewAccessor();
    }
}
