using CrossStitch.Fuzz.Inputs;

namespace CrossStitch.Fuzz.Targets;

/// <summary>A folder of files of which one is changed. Afterwards the folder is as it was.</summary>
/// <param name="scratch">A folder for files.</param>
internal abstract class FolderTarget(string scratch) : FuzzTarget
{
    private Dictionary<string, byte[]>? _files;

    /// <summary>The folder.</summary>
    protected string Folder { get; } = Path.Combine(scratch, "folder");

    /// <summary>What is beside the folder, where nothing may be written.</summary>
    protected string Around => scratch;

    /// <inheritdoc/>
    public sealed override IEnumerable<FuzzInput> Seeds() =>
        Files().OrderBy(file => file.Key, StringComparer.Ordinal).Where(file => IsChanged(file.Key)).Select(file => new FuzzInput(file.Key, FormOf(file.Key), file.Value));

    /// <inheritdoc/>
    public sealed override byte[] Reseal(FuzzInput input) => Path.GetExtension(input.Name) is ".ckpt" or ".crops" or ".ids" ? Sha256Seal.Of(input.Bytes) : input.Bytes;

    /// <inheritdoc/>
    public sealed override void Run(FuzzInput input)
    {
        var files = Files();
        File.WriteAllBytes(Path.Combine(Folder, input.Name), input.Bytes);
        try
        {
            Use(input);
        }
        finally
        {
            Restore(files);
        }
    }

    /// <summary>Fills the folder with the same files each time.</summary>
    protected abstract void Fill();

    /// <summary>Whether a file is changed.</summary>
    /// <param name="name">Its path in the folder.</param>
    protected virtual bool IsChanged(string name) => true;

    /// <summary>Reads the folder.</summary>
    /// <param name="input">The file that is changed.</param>
    protected abstract void Use(FuzzInput input);

    private Dictionary<string, byte[]> Files()
    {
        if (_files is null)
        {
            Fill();
            _files = Names().ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(Folder, name)));
        }

        return _files;
    }

    private IEnumerable<string> Names() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path));

    private void Restore(Dictionary<string, byte[]> files)
    {
        foreach (var name in Names().Where(name => !files.ContainsKey(name)).ToList())
        {
            File.Delete(Path.Combine(Folder, name));
        }

        foreach (var (name, bytes) in files)
        {
            var path = Path.Combine(Folder, name);
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, bytes);
            }
        }
    }

    private static InputForm FormOf(string name) => Path.GetExtension(name) switch
    {
        ".json" => InputForm.Json,
        ".jsonl" => InputForm.JsonLines,
        ".csv" or ".txt" or ".md" => InputForm.Lines,
        _ => InputForm.Bytes,
    };
}
