using System.Globalization;

namespace CrossStitch.Benchmarks.Simulations;

/// <summary>
/// How often the test and the interval of <c>CrossStitch.Experiments.Statistics</c> err where nothing differs: the tables
/// of docs/statistics.md, in Markdown.
/// </summary>
internal static class SimulateCommand
{
    /// <summary>Runs it.</summary>
    /// <param name="args">"simulate" and, if not 4,000, how many studies a line.</param>
    public static int Run(IReadOnlyList<string> args)
    {
        var studies = args.Count > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4000;
        Console.WriteLine($"{studies} studies a line.\n");
        Console.WriteLine("| chance comes from | seeds | found, pair alone | held, pair alone | found, in a table of 21 | held, in a table of 21 | any found of 20, corrected |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (name, like) in Chances())
        {
            foreach (var seeds in new[] { 2, 3, 5, 10 })
            {
                Console.WriteLine($"| {name} | {seeds} | {Line(like with { Seeds = seeds }, studies)}");
            }
        }

        return 0;
    }

    private static IEnumerable<(string Name, SimulatedStudy Study)> Chances()
    {
        // A face moves a network's error √60 times as far as a seed does: averaged over 60 faces, as far.
        var (seeds, all) = (new SimulatedStudy(0, 60, 1, 0, 0), new SimulatedStudy(0, 60, 1, Math.Sqrt(60), Math.Sqrt(60)));
        yield return ("seeds alone", seeds);
        yield return ("seeds, faces and both together", all);
        yield return ("seeds alone, twice as much for one network", seeds with { Wild = 2 });
        yield return ("seeds alone, three times as much for one network", seeds with { Wild = 3 });
        yield return ("all, seeds twice as much for one network", all with { Wild = 2 });
        yield return ("all, seeds three times as much for one network", all with { Wild = 3 });
    }

    private static string Line(SimulatedStudy study, int studies)
    {
        var outcomes = new SimulatedOutcome[studies];
        Parallel.For(0, studies, i => outcomes[i] = study.Run(i));
        string Share(Func<SimulatedOutcome, bool> happened) =>
            string.Create(CultureInfo.InvariantCulture, $"{100.0 * outcomes.Count(happened) / studies:0.0} %");
        return $"{Share(o => o.FoundAlone)} | {Share(o => o.HeldAlone)} | {Share(o => o.FoundInTable)} | {Share(o => o.HeldInTable)} | {Share(o => o.AnyFound)} |";
    }
}
