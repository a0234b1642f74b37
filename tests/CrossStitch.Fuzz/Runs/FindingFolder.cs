using CrossStitch.Fuzz.Inputs;

namespace CrossStitch.Fuzz.Runs;

/// <summary>A folder of inputs that found something. A file's name says which input it is; what it did lies beside it as text.</summary>
/// <param name="path">The folder; made when something is found.</param>
internal sealed class FindingFolder(string path)
{
    private const char Mark = '~';

    /// <summary>Keeps an input.</summary>
    /// <param name="target">Whose.</param>
    /// <param name="seed">Of which seed.</param>
    /// <param name="number">Its number.</param>
    /// <param name="input">The input.</param>
    /// <param name="finding">What it did.</param>
    /// <returns>The file.</returns>
    public string Save(string target, long seed, long number, FuzzInput input, Finding finding)
    {
        Directory.CreateDirectory(path);
        var file = Path.Combine(path, string.Join(Mark, target, seed, number, input.Name.Replace('/', ',')));
        File.WriteAllBytes(file, input.Bytes);
        File.WriteAllText(file + ".txt", $"{finding.Key}\n\ntarget {target}, seed {seed}, input {number}, {input.Name}\n{Command(file)}\n\n{finding.Detail}\n");
        return file;
    }

    /// <summary>The command that tries an input again.</summary>
    /// <param name="file">Its file.</param>
    public static string Command(string file) => $"dotnet run -c Release --project tests/CrossStitch.Fuzz -- --replay '{file}'";

    /// <summary>The target of a file, and its input.</summary>
    /// <param name="file">A file that was kept, or any other whose name begins with a target's and a mark and ends with a mark and a part's.</param>
    public static (string Target, FuzzInput Input) Load(string file)
    {
        var parts = Path.GetFileName(file).Split(Mark);
        return (parts[0], new FuzzInput(parts[^1].Replace(',', '/'), InputForm.Bytes, File.ReadAllBytes(file)));
    }
}
