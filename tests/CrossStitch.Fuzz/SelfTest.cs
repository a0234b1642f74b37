using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Runs;
using CrossStitch.Fuzz.Targets;

namespace CrossStitch.Fuzz;

/// <summary>Whether the program finds what is there: a search that finds nothing says little before that.</summary>
internal static class SelfTest
{
    private const int Inputs = 150;
    private const double MostSeconds = 120;

    // Time enough to take the memory in before it is up, where pages are slow to get.
    private static readonly FuzzLimits Limits = new(0.5, 128);

    /// <summary>Tests it.</summary>
    /// <param name="output">Where to say what was tested.</param>
    /// <returns>0 if all holds.</returns>
    public static int Run(TextWriter output)
    {
        var failures = new List<string>();
        foreach (var target in TargetCatalog.All)
        {
            failures.AddRange(Check(target).Select(failure => $"{target.Name}: {failure}"));
        }

        failures.AddRange(Planted().Select(failure => $"{PlantedTarget.Name}: {failure}"));
        foreach (var failure in failures)
        {
            output.WriteLine(failure);
        }

        output.WriteLine(failures.Count == 0
            ? $"The program finds {PlantedTarget.Faults.Count} kinds of planted faults; the same seed gives the same inputs in {TargetCatalog.All.Count} targets, and each takes its own seeds."
            : $"{failures.Count} things are wrong with the program.");
        return failures.Count == 0 ? 0 : 1;
    }

    /// <summary>Two processes must get the same inputs, of another seed others; our own writers' files must be accepted.</summary>
    private static List<string> Check(TargetDefinition definition)
    {
        var failures = new List<string>();
        var ((one, other), (again, _)) = (Make(definition, failures), Make(definition, null));
        if (Enumerable.Range(0, Inputs).FirstOrDefault(i => !Same(one[i], again[i]), -1) is >= 0 and var number)
        {
            failures.Add($"input {number} of seed 1 is not the same twice");
        }

        if (Enumerable.Range(0, Inputs).All(i => Same(one[i], other[i])))
        {
            failures.Add("seed 2 gives the inputs of seed 1");
        }

        return failures;
    }

    private static (FuzzInput[] Seed1, FuzzInput[] Seed2) Make(TargetDefinition definition, List<string>? failures)
    {
        var place = WorkerFolder.Create();
        try
        {
            using var target = definition.Create(place.FullName);
            var own = target.Seeds().Where(input => !input.OnlyWhole).ToList();
            if (failures is not null)
            {
                failures.AddRange(own.Where(input => !target.Reseal(input).AsSpan().SequenceEqual(input.Bytes)).Select(input => $"{input.Name}: its own seed gets another checksum"));
                failures.AddRange(own.Select(input => (input, Attempt: Attempt.Of(target, input, FuzzLimits.Default))).Where(tried => tried.Attempt.Refusal is not null || tried.Attempt.Finding is not null)
                    .Select(tried => $"{tried.input.Name}: its own seed is refused: {tried.Attempt.Refusal?.Message ?? tried.Attempt.Finding!.Detail}"));
            }

            var (first, second) = (Source(1), Source(2));
            return ([.. Enumerable.Range(0, Inputs).Select(i => first[i])], [.. Enumerable.Range(0, Inputs).Select(i => second[i])]);

            InputSource Source(long seed) => new(target, definition.Name, seed, Corpus.Of(definition.Name, null));
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static bool Same(FuzzInput one, FuzzInput other) => one.Name == other.Name && one.Bytes.AsSpan().SequenceEqual(other.Bytes);

    private static List<string> Planted()
    {
        var findings = Directory.CreateTempSubdirectory("crossstitch-fuzz-");
        try
        {
            var options = new FuzzOptions([PlantedTarget.Name], MostSeconds, 1, 1, findings.FullName, null) { Limits = Limits, IsEnough = tally => !PlantedTarget.Faults.Except(tally.Found.Keys).Any() };
            var (_, tally) = new FuzzRun(options).Execute()[0];
            List<string> failures = [.. PlantedTarget.Faults.Except(tally.Found.Keys).Select(fault => $"{fault} was not found among {tally.Inputs} inputs")];
            if (tally.Found.Values.Any(found => found.File is null || !File.Exists(found.File)))
            {
                failures.Add("the input of a finding was not kept");
            }

            return failures;
        }
        finally
        {
            findings.Delete(recursive: true);
        }
    }
}
