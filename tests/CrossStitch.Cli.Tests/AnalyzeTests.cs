using System.Globalization;
using System.Text.Json;
using CrossStitch.Cli.Photos;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests;

public sealed class AnalyzeTests(AnalyzeFiles files) : IClassFixture<AnalyzeFiles>
{
    [Fact]
    public void Json_is_what_the_reader_says_in_the_order_of_the_words()
    {
        var outcome = Analyze("b.png", "a.jpg", "album", "--json", "--threads", "3");
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
        var lines = outcome.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([files.Path("b.png"), files.Path("a.jpg"), files.Path("album/c.jpg"), files.Path("album/in/d.PNG")], lines.Select(line => line.GetProperty("photo").GetString()));
        using var reader = FaceReader.Load(files.Finder, files.Model);
        foreach (var line in lines)
        {
            var photo = Photo.Load(line.GetProperty("photo").GetString()!);
            var faces = reader.Read(photo.Pixels, cancellation: TestContext.Current.CancellationToken);
            Assert.NotEmpty(faces);
            Assert.Equal((photo.Width, photo.Height, faces.Count), (line.GetProperty("width").GetInt32(), line.GetProperty("height").GetInt32(), line.GetProperty("faces").GetArrayLength()));
            var told = line.GetProperty("faces")[0];
            Assert.Equal(faces[0].Box.Left, told.GetProperty("box").GetProperty("left").GetSingle());
            Assert.Equal(faces[0].Landmarks.Nose.Y, told.GetProperty("landmarks").GetProperty("nose")[1].GetSingle());
            Assert.Equal(faces[0].Smile!.Value, told.GetProperty("smile").GetProperty("value").GetBoolean());
            Assert.Equal(faces[0].Pose!.Probabilities, told.GetProperty("pose").GetProperty("probabilities").EnumerateObject().Select(one => one.Value.GetSingle()));
        }
    }

    [Fact]
    public void Csv_has_a_row_a_face_and_the_table_a_line_a_face()
    {
        var json = Analyze("a.jpg", "b.png", "--json").Output.TrimEnd().Split('\n').Sum(line => JsonDocument.Parse(line).RootElement.GetProperty("faces").GetArrayLength());
        var csv = Analyze("a.jpg", "b.png", "--csv").Output.TrimEnd().Split('\n');
        Assert.StartsWith("photo,left,top,side,score,left-eye-x,left-eye-y,", csv[0], StringComparison.Ordinal);
        Assert.Equal(json + 1, csv.Length);
        Assert.All(csv, row => Assert.Equal(csv[0].Count(c => c == ','), row.Count(c => c == ',')));
        var table = Analyze("a.jpg", "b.png").Output.TrimEnd().Split('\n');
        Assert.Equal(json + 1, table.Length);
        Assert.EndsWith("a.jpg", table[1], StringComparison.Ordinal);
        Assert.Contains(table[1..], line => line.Contains(string.Create(CultureInfo.InvariantCulture, $" {0.88:0.00} "), StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_photo_that_is_known_to_show_one_face_one_is_read()
    {
        var outcome = Analyze("b.png", "album/c.jpg", "--single", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
        using var reader = FaceReader.Load(files.Finder, files.Model);
        foreach (var line in outcome.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement))
        {
            var face = reader.ReadSingle(Photo.Load(line.GetProperty("photo").GetString()!).Pixels, cancellation: TestContext.Current.CancellationToken)!;
            Assert.Equal(1, line.GetProperty("faces").GetArrayLength());
            Assert.Equal(face.Landmarks.Nose.X, line.GetProperty("faces")[0].GetProperty("landmarks").GetProperty("nose")[0].GetSingle());
        }
    }

    [Fact]
    public void Rows_say_how_many_photos_have_none_and_a_broken_photo_alone_has_no_head()
    {
        string[] words = ["analyze", files.Path("a.jpg"), files.Path("b.png"), "--model", files.Model]; // The finder in the program sees none.
        var rows = CommandLineFixture.Run([.. words, "--csv"]);
        Assert.Equal(0, rows.Code);
        Assert.StartsWith("photo,", rows.Output, StringComparison.Ordinal);
        Assert.Contains("note: 2 photos without a face that was found", rows.Progress, StringComparison.Ordinal);
        Assert.DoesNotContain("note: ", CommandLineFixture.Run(words).Progress, StringComparison.Ordinal);
        Assert.Equal("", Analyze("broken.jpg").Output);
    }

    [Fact]
    public void What_is_no_photo_is_a_line_and_the_rest_goes_on()
    {
        var outcome = Analyze("broken.jpg", "a.jpg", "missing.jpg", "empty", "*.tiff", "b.png", "--json");
        Assert.Equal(1, outcome.Code);
        Assert.Equal(2, outcome.Output.TrimEnd().Split('\n').Length);
        var errors = outcome.Progress.Split('\n').Where(line => line.StartsWith("error: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, errors.Count);
        Assert.Contains("broken.jpg", errors[0], StringComparison.Ordinal);
        Assert.Contains("there is no such file", errors[1], StringComparison.Ordinal);
        Assert.Contains("no photo is in the folder", errors[2], StringComparison.Ordinal);
        Assert.Contains("no photo matches", errors[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*.jpg", "a.jpg,broken.jpg")]
    [InlineData("album/**/*.?ng", "album/in/d.PNG")]
    [InlineData("album/**", "album/c.jpg,album/in/d.PNG")]
    [InlineData("al*/in/*", "album/in/d.PNG")]
    public void Patterns_name_photos(string pattern, string expected)
    {
        // Where case counts, .?ng is not .PNG.
        var outcome = Analyze(OperatingSystem.IsLinux() ? pattern.Replace("ng", "NG", StringComparison.Ordinal) : pattern, "--json");
        var names = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("photo").GetString());
        Assert.Equal(expected.Split(',').Where(name => name != "broken.jpg").Select(files.Path), names);
    }

    [Fact]
    public void Pictures_of_what_was_found_are_drawn_and_never_read_again()
    {
        var folder = files.Path("album/found");
        for (var time = 0; time < 2; time++)
        {
            var outcome = Analyze("album", "a.jpg", "album/../a.jpg", "--draw", folder, "--json");
            Assert.Equal(4, outcome.Output.TrimEnd().Split('\n').Length);
            Assert.Equal(["a-faces-2.jpg", "a-faces.jpg", "c-faces.jpg", "in/d-faces.jpg"], Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal));
        }

        var (plain, drawn) = (Photo.Load(files.Path("album/c.jpg")), Photo.Load(Path.Combine(folder, "c-faces.jpg")));
        Assert.Equal((plain.Width, plain.Height), (drawn.Width, drawn.Height));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Standard_input_is_a_photo()
    {
        using var results = new TestConsole();
        using var progress = new TestConsole();
        using var errors = new StringWriter();
        var terminal = new Terminal(results, progress) { Input = () => File.OpenRead(files.Path("a.jpg")) };
        string[] line = ["analyze", "-", "--json", "--finder", files.Finder, "--model", files.Model];
        Assert.Equal(0, await CommandLine.RunAsync(line, terminal, errors, CommandLineFixture.Catalog, TestContext.Current.CancellationToken));
        Assert.Equal(Faces(Analyze("a.jpg", "--json").Output), Faces(results.Output));

        static string Faces(string output) => JsonDocument.Parse(output).RootElement.GetProperty("faces").GetRawText();
    }

    [Theory]
    [InlineData("choose one", "a.jpg", "--json", "--csv")]
    [InlineData("can be read once", "-", "-")]
    [InlineData("--smallest is 7; it must be a whole number from 8", "a.jpg", "--smallest", "7")]
    [InlineData("needs <photo>")]
    public void What_cannot_be_asked_for_is_one_line(string expected, params string[] words)
    {
        var outcome = CommandLineFixture.Run(["analyze", .. words, "--finder", files.Finder, "--model", files.Model]);
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains(expected, outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_model_of_another_kind_is_one_line()
    {
        var outcome = CommandLineFixture.Run("analyze", files.Path("a.jpg"), "--finder", files.Model, "--model", files.Model);
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.StartsWith("error: The model is no face finder", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_stopped()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var outcome = CommandLineFixture.Run(["analyze", files.Path("album"), "--finder", files.Finder, "--model", files.Model], stopped.Token);
        Assert.Equal(CommandLine.Interrupted, outcome.Code);
    }

    [Theory]
    [InlineData(30_000, 2)]
    [InlineData(100, 1)]
    public void However_many_threads_there_are_photos_share_one_memory(int bytes, int atOnce)
    {
        // Decoding a.jpg takes 4 bytes for each of its 3,072 pixels, b.png 8 for each of 3,500.
        using var reader = FaceReader.Load(files.Finder, files.Model);
        var memory = new PhotoMemory(1 << 20, bytes);
        var photos = Enumerable.Range(0, 40).Select(i => new PhotoSource(files.Path(i % 4 == 0 ? "b.png" : i % 4 == 1 ? "broken.jpg" : "a.jpg"))).ToList();
        var outcomes = new PhotoReading(reader, new(), isSingle: false, () => Stream.Null, null, threads: 8, memory).Read(photos, TestContext.Current.CancellationToken).ToList();
        Assert.Equal(photos.Where(photo => !photo.Name.EndsWith("broken.jpg", StringComparison.Ordinal)).Select(photo => photo.Name), outcomes.Where(outcome => outcome.Photo is not null).Select(outcome => outcome.Photo!.Name));
        Assert.InRange(memory.Pixels.Peak, 8 * 3_500, atOnce == 1 ? 8 * 3_500 : bytes);
        Assert.InRange(memory.Files.Peak, 1, 1 << 20);
    }

    private CommandOutcome Analyze(params string[] words)
    {
        var at = Array.FindIndex(words, word => word.StartsWith("--", StringComparison.Ordinal)) is var first && first < 0 ? words.Length : first;
        return CommandLineFixture.Run(["analyze", .. words[..at].Select(files.Path), .. words[at..], "--finder", files.Finder, "--model", files.Model]);
    }
}
