namespace CrossStitch.Fuzz.Inputs;

/// <summary>Seeds that lie in folders: those that come with the program, and a user's own.</summary>
internal static class Corpus
{
    private static string Own => Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>Seeds of a target, in the order of their paths: <c>FOLDER/target/part/anything</c>, or <c>FOLDER/target/anything</c> where the target has one part.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="folder">A user's folder; null for none.</param>
    public static IEnumerable<FuzzInput> Of(string target, string? folder) =>
        from place in new[] { Own, folder }
        where place is not null && Directory.Exists(Path.Combine(place, target))
        let root = Path.Combine(place, target)
        from file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let part = Path.GetRelativePath(root, Path.GetDirectoryName(file)!) is var inside && inside == "." ? target : inside
        select new FuzzInput(part, FormOf(file), File.ReadAllBytes(file));

    private static InputForm FormOf(string file) => Path.GetExtension(file) switch
    {
        ".json" => InputForm.Json,
        ".jsonl" => InputForm.JsonLines,
        ".csv" or ".txt" => InputForm.Lines,
        _ => InputForm.Bytes,
    };
}
