using System.Diagnostics;
using CrossStitch.Benchmarks.Machines;
using CrossStitch.Faces.Finding;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>How long finders take, in alternating rounds on one core.</summary>
internal static class FinderTimes
{
    /// <summary>Pixels in a row of what is timed.</summary>
    public const int Width = 640;

    /// <summary>Rows of what is timed.</summary>
    public const int Height = 480;

    /// <summary>Rounds that are done again, at most, where the core was not free.</summary>
    private const int MostRepeats = 10;

    /// <summary>Measures.</summary>
    /// <param name="team">The finders.</param>
    /// <param name="pictures">What is searched in a round.</param>
    /// <param name="rounds">How many rounds count; 0 to measure nothing.</param>
    /// <returns>Of each finder, milliseconds a picture: the median, the least and the most of all rounds.</returns>
    public static List<(double Median, double Least, double Most)> Measure(IReadOnlyList<FinderEntry> team, IReadOnlyList<FinderPicture> pictures, int rounds)
    {
        if (rounds == 0)
        {
            return [.. team.Select(_ => (double.NaN, double.NaN, double.NaN))];
        }

        var cores = new FreeCores(FmaPeak.Measure(1));
        var times = team.Select(_ => new List<double>()).ToList();
        double Round(FinderEntry entry)
        {
            var clock = Stopwatch.StartNew();
            foreach (var picture in pictures)
            {
                entry.Finder.Find(picture.Photo, new FinderOptions { MinimumScore = entry.Threshold });
            }

            return clock.Elapsed.TotalMilliseconds / pictures.Count;
        }

        // Twice, so that the JIT is done with everything.
        foreach (var entry in team.Concat(team))
        {
            Round(entry);
        }

        var repeats = 0;
        for (var round = 0; round < rounds;)
        {
            cores.WaitFor(1);
            var now = new double[team.Count];
            for (var turn = 0; turn < team.Count; turn++)
            {
                var next = (turn + round) % team.Count;
                now[next] = Round(team[next]);
            }

            if (repeats < MostRepeats && !cores.Are(1))
            {
                repeats++;
                continue;
            }

            times.Zip(now).ToList().ForEach(pair => pair.First.Add(pair.Second));
            round++;
        }

        return times.ConvertAll(all => (all.Order().ElementAt(all.Count / 2), all.Min(), all.Max()));
    }
}
