using CrossStitch.Fuzz.Targets;

namespace CrossStitch.Fuzz.Runs;

/// <summary>Tries one input of a file again, in this process.</summary>
internal static class Replay
{
    /// <summary>Tries it.</summary>
    /// <param name="file">A file that a run kept.</param>
    /// <returns>The exit code: 1 if it does again what it must not.</returns>
    /// <exception cref="CrossStitchException">The file is not there, or its name says no target.</exception>
    public static int Run(string file)
    {
        if (!File.Exists(file))
        {
            throw new CrossStitchException($"{file}: there is no such file.");
        }

        Exhaustion.Watch();
        var (name, input) = FindingFolder.Load(file);
        var definition = TargetCatalog.Find(name);
        var place = WorkerFolder.Create();
        try
        {
            using var target = definition.Create(place.FullName);
            var attempt = Attempt.Of(target, input, FuzzLimits.Default);
            Console.WriteLine($"{name}, {input.Name}, {input.Bytes.Length} bytes: {attempt.Seconds:0.000} s of processor time, {attempt.Bytes >> 20} MB allocated, {ProcessMemory.Peak() >> 20} MB the most that the process had.");
            Console.WriteLine(attempt.Finding is { } finding ? $"{finding.Key}\n{finding.Detail}" : attempt.Refusal is { } refusal ? $"Refused: {refusal.GetType().Name}: {refusal.Message}" : "Accepted.");
            return attempt.Finding is null ? 0 : 1;
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }
}
