using System.Globalization;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Training;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>A run under way: a bar with the time left, and a line an epoch.</summary>
internal static class TrainingDisplay
{
    private const string Nothing = "0.0000";

    /// <summary>The most characters of a line in a file: tasks have names of any length.</summary>
    private const int MostLine = 10_000;

    /// <summary>
    /// Follows a run. Epochs are results where somebody keeps them, in a file or a pipe; on a terminal they stand above the
    /// bar.
    /// </summary>
    public static RunResult Follow(Terminal terminal, Recipe recipe, Func<Action<EpochReport>, IProgress<StepReport>, RunResult> work)
    {
        using var bars = new Bars(terminal.Progress);
        var (data, epochs) = (recipe.Data, recipe.Training.Epochs);
        var follower = new Follower(bars.Add("training"));
        return work(Write, follower);

        void Write(EpochReport epoch)
        {
            if (terminal.Results.Profile.Capabilities.Interactive)
            {
                bars.Write(Line(epoch, data, epochs, terminal.Results.Profile.Width), new Style(Color.Grey));
            }
            else
            {
                terminal.Results.Profile.Out.Writer.WriteLine(ShownText.Of(Line(epoch, data, epochs), MostLine));
            }
        }
    }

    /// <summary>An epoch: what a person watches first, then what is minimised. Where the line is too long, the joint loss alone, then the main score alone, and at last neither speed nor loss.</summary>
    internal static string Line(EpochReport epoch, DataRecipe data, int epochs, int width = int.MaxValue)
    {
        static string Losses(IReadOnlyDictionary<string, double> losses) =>
            string.Join(", ", losses.Select(loss => Invariant($"{loss.Key} {loss.Value:0.0000}")));
        var domain = data.Domain();
        var watched = domain.Measures(data.Tasks()).Where(measure => epoch.Scores is { } scores && scores.ContainsKey(measure.Name)).ToList();
        var number = epoch.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(epochs.ToString(CultureInfo.InvariantCulture).Length);
        var penalty = Invariant($"{epoch.Penalty:0.0000}");
        List<string> whole = [Scores(epoch, watched), $"loss: {Losses(epoch.TaskLosses)}{(penalty == Nothing ? "" : $", penalty {penalty}")}"];
        if (epoch.ValidationLosses is { } losses)
        {
            whole.Add($"validation loss: {Losses(losses)}");
        }

        var joint = Invariant($"loss {epoch.Loss:0.0000}");
        var (main, speed) = (Scores(epoch, [.. watched.Take(1)]), Invariant($"{epoch.ExamplesPerSecond:0} {domain.Example}s/s"));
        string[] lines = [.. new IEnumerable<string>[] { [.. whole, speed], [Scores(epoch, watched), joint, speed], [main, joint, speed], [main, joint], [main.Length > 0 ? main : joint] }.Select(parts =>
            $"epoch {number} of {epochs}: {string.Join(" | ", parts.Where(part => part.Length > 0))}")];
        return lines.FirstOrDefault(line => line.Length < width) ?? ShownText.Of(lines[^1], Math.Max(1, width - 1));
    }

    /// <summary>The measures; those of several tasks that are called alike stand behind one word: "accuracy pose 70.6 %, smile 80.0 %".</summary>
    private static string Scores(EpochReport epoch, IReadOnlyList<Measure> measures)
    {
        string What(Measure measure) => measure.Title.StartsWith($"{measure.Task} ", StringComparison.Ordinal) ? measure.Title[(measure.Task.Length + 1)..] : measure.Title;
        string Value(Measure measure) => $"{ResultText.Amount(epoch.Scores![measure.Name], measure)}{(measure.Factor == 100 ? " %" : "")}";
        return string.Join(", ", measures.GroupBy(What).Select(alike => alike.Count() == 1
            ? $"{alike.First().Title} {Value(alike.First())}"
            : $"{alike.Key} {string.Join(", ", alike.Select(measure => $"{measure.Task} {Value(measure)}"))}"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Follower(Bar bar) : IProgress<StepReport>
    {
        private long? _before;

        public void Report(StepReport value)
        {
            // A run that goes on has done something before its first step here.
            _before ??= value.Step - 1;
            bar.Report(value.Step, value.Steps, _before.Value, $"epoch {value.Epoch} of {value.Epochs}");
        }
    }
}
