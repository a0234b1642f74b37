using System.Globalization;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Finding;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>The training of a finder under way: bars with the time left, and a line a round.</summary>
internal static class FinderDisplay
{
    /// <summary>Follows a training.</summary>
    public static T Follow<T>(Terminal terminal, Func<Action<FinderRound>, IProgress<LoadProgress>, IProgress<FinderProgress>, T> work)
    {
        using var bars = new Bars(terminal.Progress);
        var (reading, training) = (bars.Add("Reading photos"), default(Bar));
        return work(Write, new Relay<LoadProgress>(value => reading.Report(value.Done, value.Total)), new Relay<FinderProgress>(value =>
        {
            training ??= bars.Add("training");
            training.Report(value.Done, value.Total, 0, $"round {value.Round} of {value.Rounds}: {value.Doing}");
        }));

        void Write(FinderRound round) => bars.Write(Line(round), new Style(Color.Grey));
    }

    /// <summary>A round in a line.</summary>
    internal static string Line(FinderRound round)
    {
        static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
        string At(double falseBoxes) => string.Create(
            CultureInfo.InvariantCulture, $"{100 * round.Validation.Recall(round.Validation.ThresholdFor(falseBoxes)):0.0} % at {falseBoxes:0.00}");
        var mined = round.Mined == 0 ? "" : $", {Number(round.Mined)} of them found by searching";
        var guarded = round.Guarded == 0 ? "" : $" ({Number(round.Guarded)} more may be faces that nobody annotated)";
        return $"round {round.Round}: {Number(round.Faces)} faces, {Number(round.Backgrounds)} backgrounds{mined}{guarded} | of {Number(round.Validation.Photos)} faces set aside, found {At(0.1)} and {At(0.02)} false boxes an image";
    }

    private sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        private readonly Lock _lock = new();

        public void Report(T value)
        {
            lock (_lock)
            {
                report(value);
            }
        }
    }
}
