using System.Text.Json;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Kernels.Models;
using Microsoft.ML.OnnxRuntime;

namespace CrossStitch.Cli.Tests;

public sealed class ExportTests(ExportTests.TrainedRun run) : IClassFixture<ExportTests.TrainedRun>
{
    [Fact]
    public void ONNX_Runtime_says_of_the_test_faces_what_the_run_said()
    {
        var file = Path.Combine(run.NewFolder(), "faces.ONNX");
        var (code, output, errors) = CommandLineFixture.Run("export", run.Folder, "--out", file);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Input 'input', float [batch, 1, 40, 40]: the square-detector-box of a picture (margin 0 %, resampling tent, edges replicate), gray from 0 to 255, shifted and scaled to mean 0 and variance 1.", output, StringComparison.Ordinal);

        using var session = new InferenceSession(file);
        Assert.Equal([-1, 1, 40, 40], session.InputMetadata["input"].Dimensions);
        var folder = CommandLineFixture.Open(run.Folder);
        var expected = folder.LoadPredictions();
        var faces = Assert.IsType<FaceDataset>(folder.LoadRecipe().Data.Load(cancellation: TestContext.Current.CancellationToken)).TestFaces!;
        var pixels = new float[faces.Count * 1600];
        for (var face = 0; face < faces.Count; face++)
        {
            var crop = pixels.AsSpan(face * 1600, 1600);
            CropPixels.Extract(faces.Patch(face), faces.Settings, crop);
            CropPixels.Format.Normalize(crop);
        }

        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [faces.Count, 1, 40, 40]);
        using var outputs = session.Run(options, ["input"], [input], ["landmarks", "pose"]);
        Assert.Equal(expected.Tasks["landmarks"], outputs[0].GetTensorDataAsSpan<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        var classes = outputs[1].GetTensorDataAsSpan<float>().ToArray().Chunk(5).Select(logits => (float)Array.IndexOf(logits, logits.Max()));
        Assert.Equal(expected.Tasks["pose"], classes);
    }

    [Fact]
    public void An_ONNX_file_tells_of_itself_what_a_model_file_tells()
    {
        var folder = run.NewFolder();
        var (ours, theirs) = (Path.Combine(folder, "faces.xstitch"), Path.Combine(folder, "faces.onnx"));
        Assert.Equal(0, CommandLineFixture.Run("export", run.Folder, "--out", ours).Code);
        Assert.Equal(0, CommandLineFixture.Run("export", run.Folder, "--out", theirs).Code);
        using var session = new InferenceSession(theirs);
        var told = session.ModelMetadata.CustomMetadataMap;
        var model = ModelFile.Load(ours);
        Assert.All(model.Metadata, entry => Assert.Equal(entry.Value, told[entry.Key]));
        Assert.All(model.Heads, head => Assert.Equal(head.Labels, JsonSerializer.Deserialize<string[]>(told[$"crossstitch.labels.{head.Name}"])));
        Assert.Equal("cross-stitch-pose", told["recipe"]);
        Assert.Equal(("square-detector-box", "box", "box"), (model.Input.Crop?.Region, model.Heads[0].Unit, told["crossstitch.unit.landmarks"]));
        Assert.Contains("\"Region\":\"square-detector-box\"", told["crossstitch.input"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_format_is_said_by_the_name_or_by_an_option()
    {
        var file = Path.Combine(run.NewFolder(), "faces.bin");
        Assert.Equal(0, CommandLineFixture.Run("export", run.Folder, "--format", "onnx", "--out", file).Code);
        using var session = new InferenceSession(file);
        Assert.Equal(0, CommandLineFixture.Run("export", run.Folder, "--format", "xstitch", "--out", file).Code);
        Assert.Equal("cross-stitch-pose", ModelFile.Load(file).Metadata["recipe"]);
        Assert.Equal(0, CommandLineFixture.Run("export", run.Folder, "--format", "onnx").Code);
        Assert.True(File.Exists(Path.Combine(run.Folder, "model.onnx")));
    }

    [Theory]
    [InlineData("faces.bin", null, ".xstitch, .onnx; end it so, or add --format xstitch|onnx")]
    [InlineData("faces", null, ".xstitch, .onnx")]
    [InlineData("faces.onnx", "xstitch", "contradict")]
    [InlineData("faces.onnx", "onnxx", "one of xstitch, onnx")]
    [InlineData("", null, "--out is empty")]
    [InlineData("", "onnx", "--out is empty")]
    [InlineData("taken.onnx", null, "taken.onnx: the file cannot be written: it is a folder")]
    [InlineData("taken.onnx", "onnx", "taken.onnx: the file cannot be written: it is a folder")]
    [InlineData("file/faces.onnx", null, "file is a file, not a folder")]
    [InlineData("protected.onnx", null, "protected.onnx: the file cannot be written: it is write-protected")]
    public void A_file_that_cannot_be_written_is_one_line_and_leaves_nothing(string name, string? format, string expected)
    {
        var folder = run.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "taken.onnx"));
        var shielded = Path.Combine(folder, "protected.onnx");
        File.WriteAllText(Path.Combine(folder, "file"), "mine");
        File.WriteAllText(shielded, "mine");
        File.SetAttributes(shielded, FileAttributes.ReadOnly);
        var before = Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories);

        string[] asked = format is null ? [] : ["--format", format];
        var (code, _, errors) = CommandLineFixture.Run(["export", run.Folder, "--out", name.Length == 0 ? "" : Path.Combine(folder, name), .. asked]);
        Assert.Equal(1, code);
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Equal(before, Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories));
        Assert.Equal("mine", File.ReadAllText(shielded));
        File.SetAttributes(shielded, FileAttributes.Normal);
    }

    [Fact]
    public void A_run_that_cannot_be_exported_leaves_the_file_that_was_there_and_no_new_folder()
    {
        var folder = run.NewFolder();
        var damaged = Path.Combine(folder, "damaged");
        Directory.CreateDirectory(Path.Combine(damaged, "checkpoints"));
        foreach (var part in new[] { "recipe.json", "result.json" })
        {
            File.Copy(Path.Combine(run.Folder, part), Path.Combine(damaged, part));
        }

        File.WriteAllText(Path.Combine(damaged, "checkpoints", "final.ckpt"), "not a checkpoint");
        var old = Path.Combine(folder, "old.onnx");
        File.WriteAllText(old, "an older model");
        var before = Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories);
        Assert.Equal(1, CommandLineFixture.Run("export", damaged, "--out", old).Code);
        Assert.Equal(1, CommandLineFixture.Run("export", damaged, "--out", Path.Combine(folder, "new", "faces.onnx")).Code);
        Assert.Equal("an older model", File.ReadAllText(old));
        Assert.Equal(before, Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_link_stays_a_link_and_what_it_points_to_is_replaced()
    {
        var folder = run.NewFolder();
        var target = Path.Combine(folder, "target.onnx");
        var link = Path.Combine(folder, "link.onnx");
        File.WriteAllText(target, "an older model");
        File.CreateSymbolicLink(link, target);
        Assert.Equal(0, CommandLineFixture.Run("export", run.Folder, "--out", link).Code);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        using var session = new InferenceSession(target);
        Assert.Contains("landmarks", session.OutputNames);
    }

    /// <summary>A run of drawn faces, trained once, in a folder that is deleted afterwards.</summary>
    public sealed class TrainedRun : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("crossstitch-export-").FullName;
        private int _folders;

        public TrainedRun()
        {
            Folder = Path.Combine(_root, "run");
            Assert.Equal(0, CommandLineFixture.Run("train", "--network", "cross-stitch", "--auxiliary", "pose", "--faces", "20", "--out", Folder, "--epochs", "1", "--threads", "1").Code);
        }

        public string Folder { get; }

        public string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, $"{++_folders}")).FullName;

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
