using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>Progress bars as all commands show them.</summary>
internal static class Bars
{
    public static Progress Create(IAnsiConsole console) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn());
}
