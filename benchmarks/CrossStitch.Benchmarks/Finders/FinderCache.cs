using System.Text.Json;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>Keeps what finders found, so that one that is as it was, on pictures that are as they were, is not run again.</summary>
/// <param name="folder">Where; null to keep nothing.</param>
internal sealed class FinderCache(string? folder)
{
    /// <summary>What was kept, or else what is found now.</summary>
    /// <param name="name">The finder's name.</param>
    /// <param name="key">What its finds depend on.</param>
    /// <param name="find">Finds.</param>
    public FinderFinds Get(string name, string key, Func<FinderFinds> find)
    {
        if (folder is null)
        {
            return find();
        }

        var file = Path.Combine(folder, name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-') + ".json");
        if (File.Exists(file) && JsonSerializer.Deserialize<FinderFinds>(File.ReadAllText(file)) is { } kept && kept.Key == key)
        {
            return kept;
        }

        var finds = find();
        Directory.CreateDirectory(folder);
        File.WriteAllText(file, JsonSerializer.Serialize(finds));
        return finds;
    }
}
