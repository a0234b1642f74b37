using System.Text.Json;

namespace CrossStitch.Fuzz.Runs;

/// <summary>What came of the inputs of a target so far.</summary>
internal sealed class Tally
{
    /// <summary>How many were tried.</summary>
    public long Inputs { get; set; }

    /// <summary>How many the reader took.</summary>
    public long Accepted { get; set; }

    /// <summary>How many it refused, by the exception's type.</summary>
    public SortedDictionary<string, long> Refused { get; set; } = [];

    /// <summary>The most processor time that one took, in seconds.</summary>
    public double Slowest { get; set; }

    /// <summary>Which one.</summary>
    public long SlowestNumber { get; set; }

    /// <summary>The most that one allocated, in bytes.</summary>
    public long Most { get; set; }

    /// <summary>Which one.</summary>
    public long MostNumber { get; set; }

    /// <summary>The most memory that the process ever had, in bytes.</summary>
    public long Peak { get; set; }

    /// <summary>What it had at its end, after garbage was collected, in bytes: what a reader does not give back stays in it.</summary>
    public long Left { get; set; }

    /// <summary>Time spent, in seconds.</summary>
    public double Seconds { get; set; }

    /// <summary>What was found, by key.</summary>
    public SortedDictionary<string, FoundFault> Found { get; set; } = [];

    /// <summary>Reads what <see cref="Save"/> wrote; an empty one if there is nothing.</summary>
    /// <param name="path">Where from.</param>
    public static Tally Load(string path) => File.Exists(path) ? JsonSerializer.Deserialize<Tally>(File.ReadAllText(path))! : new Tally();

    /// <summary>Writes it, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    public void Save(string path)
    {
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Notes what an input cost.</summary>
    /// <param name="number">Which.</param>
    /// <param name="seconds">Processor time.</param>
    /// <param name="bytes">Allocated.</param>
    public void Cost(long number, double seconds, long bytes)
    {
        (Slowest, SlowestNumber) = seconds > Slowest ? (seconds, number) : (Slowest, SlowestNumber);
        (Most, MostNumber) = bytes > Most ? (bytes, number) : (Most, MostNumber);
    }

    /// <summary>Notes a finding.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="file">Where its input lies.</param>
    public void Add(string key, string? file) => Found[key] = Found.TryGetValue(key, out var known)
        ? known with { Count = known.Count + 1, File = known.File ?? file }
        : new FoundFault(1, file);

    /// <summary>Adds what another process counted.</summary>
    /// <param name="other">Of the same target.</param>
    public void Add(Tally other)
    {
        (Inputs, Accepted, Seconds) = (Inputs + other.Inputs, Accepted + other.Accepted, Seconds + other.Seconds);
        (Peak, Left) = (Math.Max(Peak, other.Peak), Math.Max(Left, other.Left));
        Cost(other.SlowestNumber, other.Slowest, 0);
        Cost(other.MostNumber, 0, other.Most);
        foreach (var (type, count) in other.Refused)
        {
            Refused[type] = Refused.GetValueOrDefault(type) + count;
        }

        foreach (var (key, found) in other.Found)
        {
            Found[key] = Found.TryGetValue(key, out var known) ? known with { Count = known.Count + found.Count } : found;
        }
    }
}
