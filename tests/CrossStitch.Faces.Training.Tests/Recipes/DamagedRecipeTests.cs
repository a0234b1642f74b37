using System.Text;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Faces.Training.Tests.Recipes;

/// <summary>A recipe of version 1, edited by hand: a null part, a number for a name, an amount out of range or no number.</summary>
public sealed class DamagedRecipeTests : IDisposable
{
    private const string Whole = """
        {"network": "related-cross-stitch", "auxiliary": ["pose", "gender", "glasses", "smile"],
        "data": {"source": "mtfl", "archive": "faces.zip", "boxes": "faces.boxes.csv", "skipInvalid": false},
        "augmentation": {"flip": 0.5, "shift": 0.04, "scale": 0.07, "rotation": 8, "brightness": 0.1, "contrast": 0.15, "midtones": 0.3, "blur": 0, "noise": 0, "occlusion": 0, "occlusionSize": 0.35},
        "validationShare": 0.05, "auxiliaryWeight": 0.002,
        "stitches": {"perChannel": true, "same": 0.9, "other": 0.1},
        "relation": {"penalty": "affine-exponential", "weight": 1e-05, "layers": null, "scale": 1, "shift": 0},
        "training": {"epochs": 1, "batchSize": 16, "optimizer": "adam", "learningRate": 0.01, "schedule": {"kind": "one-cycle", "warmup": 0.2, "startDivisor": 25, "endDivisor": 10000, "steps": 2, "stepFactor": 0.1}, "momentum": 0.9, "weightDecay": 0, "gradientClip": 0.2, "stitchRate": 1, "relationRate": 1, "patience": 0},
        "seed": 1, "engine": "auto", "threads": 1, "versions": {"crossStitch": "0.1.0", "libtorch": "2.10.0.0", "faces": "7b0b953f0b7b1a6b"}}
        """;

    private const string Data = "\"data\": {\"source\": \"mtfl\", \"archive\": \"faces.zip\", \"boxes\": \"faces.boxes.csv\", \"skipInvalid\": false}";

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("\"archive\": \"faces.zip\"", "\"archive\": null", 2)]
    [InlineData(Data, "\"data\": null", 2)]
    [InlineData(Data, "\"data\": {\"source\": \"drawn\", \"trainingFaces\": 700000, \"testFaces\": 1}", 2)]
    [InlineData(Data, "\"data\": {\"source\": \"drawn\", \"trainingFaces\": -5, \"testFaces\": 10}", 2)]
    [InlineData(Data, "\"data\": {\"source\": \"drawn\", \"trainingFaces\": 0, \"testFaces\": 0}", 2)]
    [InlineData("\"shift\": 0.04", "\"shift\": \"NaN\"", 3)]
    [InlineData("[\"pose\", \"gender\", \"glasses\", \"smile\"]", "null", 1)]
    [InlineData("[\"pose\", \"gender\", \"glasses\", \"smile\"]", "[\"pose\", null]", 1)]
    [InlineData("\"learningRate\": 0.01", "\"learningRate\": 1e+300", 7)]
    [InlineData("\"network\": \"related-cross-stitch\"", "\"network\": 99", 1)]
    [InlineData("\"same\": 0.9", "\"same\": \"NaN\"", 5)]
    [InlineData("\"kind\": \"one-cycle\"", "\"kind\": 9", 7)]
    [InlineData("\"threads\": 1", "\"threads\": -5", 8)]
    [InlineData("\"weight\": 1e-05", "\"weight\": \"Infinity\"", 6)]
    [InlineData("\"layers\": null", "\"layers\": [null]", 6)]
    [InlineData("\"crossStitch\": \"0.1.0\"", "\"crossStitch\": null", 8)]
    [InlineData("\"training\": {", "\"training\": null, \"more\": {", 7)]
    [InlineData("\"seed\": 1", "\"seed\": 1, \"seed\": 2", 1)]
    public void Is_an_error_that_says_where(string written, string instead, int line)
    {
        Assert.Contains(written, Whole, StringComparison.Ordinal);
        var message = Refused(Encoding.UTF8.GetBytes(Whole.Replace(written, instead, StringComparison.Ordinal)));
        Assert.StartsWith($"{_path}({line}): ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Is_no_recipe_at_all(string text) => Assert.StartsWith($"{_path}(1): ", Refused(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Is_read_whatever_the_editor_saved_it_as()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            File.WriteAllText(_path, Whole, encoding);
            Assert.Equal(5, Load().Tasks().Count);
        }

        File.WriteAllText(_path, Whole.Replace("\"seed\": 1", "\"seed\": 9223372036854775807", StringComparison.Ordinal));
        Assert.Equal(long.MaxValue, Load().Seed);
    }

    private string Refused(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        var message = Assert.Throws<CrossStitchException>(Load).Message;
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
        return message;
    }

    private Recipe Load() => SmallRuns.Catalog.Json.LoadRecipe(_path);
}
