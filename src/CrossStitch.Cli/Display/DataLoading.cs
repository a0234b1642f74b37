using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Reports;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Data;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>Examples being loaded, with a bar.</summary>
internal static class DataLoading
{
    /// <summary>Loads a recipe's examples and says what they are.</summary>
    public static Dataset Show(IAnsiConsole console, DataRecipe data, CancellationToken cancellation) => Show(console, data.Load, data, cancellation);

    /// <summary>Loads a recipe's examples in a way of the caller's and says what they are.</summary>
    public static Dataset Show(IAnsiConsole console, Func<IProgress<LoadProgress>?, CancellationToken, Dataset> load, DataRecipe data, CancellationToken cancellation)
    {
        var loaded = Show(console, $"{(data is DrawnData ? "Drawing" : "Reading")} {data.Domain().Example}s", progress => load(progress, cancellation));
        Say(console, loaded.Notes, loaded.Warnings);
        return loaded;
    }

    /// <summary>Loads one split of an archive and says what it is.</summary>
    public static SplitFaces Show(IAnsiConsole console, MtflData data, MtflSplit split, CancellationToken cancellation)
    {
        var faces = Show(console, "Reading faces", progress => data.LoadSplit(split, progress, cancellation));
        Say(console, faces.Notes, faces.Warnings);
        return faces;
    }

    /// <summary>Prints a warning so that it is seen.</summary>
    public static void Warn(IAnsiConsole console, string warning) => console.MarkupLineInterpolated($"[yellow]warning: {ShownText.Of(warning)}[/]");

    /// <summary>Does anything that takes long over many examples.</summary>
    public static T Show<T>(IAnsiConsole console, string what, Func<IProgress<LoadProgress>, T> work)
    {
        using var bars = new Bars(console);
        return work(new Follower(bars, what));
    }

    private static void Say(IAnsiConsole console, IReadOnlyList<string> notes, IReadOnlyList<string> warnings)
    {
        foreach (var note in notes)
        {
            console.MarkupLineInterpolated($"[grey]{ShownText.Of(note)}[/]");
        }

        foreach (var warning in warnings)
        {
            Warn(console, warning);
        }
    }

    private sealed class Follower(Bars bars, string what) : IProgress<LoadProgress>
    {
        private readonly Lock _lock = new();
        private Bar _bar = bars.Add(what);
        private int _done;

        public void Report(LoadProgress value)
        {
            lock (_lock)
            {
                if ((value.What ?? what) is var step && step != _bar.Name)
                {
                    // A step of its own, with a time of its own.
                    bars.Remove(_bar);
                    (_bar, _done) = (bars.Add(step), 0);
                }

                // Threads report out of order; a bar does not go back.
                _done = Math.Max(_done, value.Done);
                _bar.Report(_done, value.Total);
            }
        }
    }
}
