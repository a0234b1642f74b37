using CrossStitch.Cli.Display;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Synthetic;
using Spectre.Console;

namespace CrossStitch.Cli.Tests;

public sealed class InspectionDisplayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inspection-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Warnings_stand_at_the_end_and_landmarks_have_names_of_people()
    {
        DrawnArchive.Write(_folder, 3, 0, 1, cancellationToken: TestContext.Current.CancellationToken);
        var list = Path.Combine(_folder, "training.txt");
        int[] mirrored = [0, 2, 1, 3, 5, 4, 7, 6, 8, 10, 9, 11, 12, 13, 14];
        File.WriteAllLines(list, File.ReadAllText(list).Trim().Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => string.Join(' ', mirrored.Select(i => words[i].Trim()))));

        var lines = Show().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains(lines, line => line.Contains("left mouth corner", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("LeftEye", StringComparison.Ordinal));
        Assert.StartsWith("warning: 3 of 3 faces have the left eye right of the right eye", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("warning: training.txt: the landmarks look like the person's left and right", lines[^1], StringComparison.Ordinal);
        Assert.Contains("testing: 0 valid faces, 0 with a problem", lines);
    }

    private string Show()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        using var archive = MtflArchive.Open(_folder);
        InspectionDisplay.Show(console, ArchiveInspection.Of(archive, cancellation: TestContext.Current.CancellationToken), 20);
        return text.ToString();
    }
}
