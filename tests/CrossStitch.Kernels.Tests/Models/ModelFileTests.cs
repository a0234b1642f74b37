using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using CrossStitch.Kernels.Models;
using CsCheck;

namespace CrossStitch.Kernels.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-model-").FullName;

    [Fact]
    public void A_file_written_by_hand_from_the_documentation_is_read()
    {
        var model = RandomModels.Load(RawFile.Small);
        Assert.Equivalent(new KernelShape(1, 2, 3, [new(1, 2, 2, false)], 2, true), model.Shape);
        Assert.Equal(RawFile.SmallArrays, [.. model.Towers.SelectMany(tower => tower).SelectMany(stage => new[] { stage.Weights.ToArray(), stage.Biases.ToArray() }), model.Alphas[0].ToArray(), .. model.Heads.SelectMany(head => new[] { head.Weights.ToArray(), head.Biases.ToArray() })]);
        Assert.Equal(("colour", HeadKind.Classification, 1), (model.Heads[0].Name, model.Heads[0].Kind, model.Heads[0].Tower));
        Assert.Equal(["red", "blue"], model.Heads[0].Labels);
        Assert.Equal(new CropFormat("square", 0.25f, Resampling.Tent, EdgeHandling.Lowest), model.Input.Crop);
        Assert.Equal([null, "box"], model.Heads.Select(head => head.Unit));
        Assert.Equal("hand", model.Metadata["producer"]);
        Assert.Equal(4 + 1 + 4 + 1 + 4 + 4 + 2 + 2 + 1, model.Parameters);

        // Tower 0 sees 1+4+12+20+0.5 = 37.5 and 2+6+15+24+0.5 = 47.5; tower 1 sees 5−1 = 4 twice, after its ReLU.
        // Stitch: tower 1 takes 0.25 of tower 0 and 2 of itself: 17.375 and 19.875. Heads: 17.375 + 100 and
        // 198.75 + 200; tower 0 takes 1 of itself and 0 of tower 1: 2 · 37.5 + 1.
        using var runner = new NetworkRunner(model);
        var output = runner.Run([1, 2, 3, 4, 5, 6], batch: 1);
        Assert.Equal([117.375f, 398.75f], output["colour"].ToArray());
        Assert.Equal([76f], output["place"].ToArray());
    }

    [Fact]
    public void A_file_is_laid_out_as_documented()
    {
        var written = RandomModels.Bytes(RandomModels.Load(RawFile.Small));
        Assert.Equal([0x89, .. "XSTITCH"u8, 2, 0, 0, 0], written[..12]);
        var headerLength = BitConverter.ToInt32(written, 12);
        var payload = (24 + headerLength + 63) / 64 * 64;
        Assert.Equal(9 * 64, BitConverter.ToInt64(written, 16));
        Assert.Equal(payload + (9 * 64) + 32, written.Length);
        Assert.All(written[(24 + headerLength)..payload], filling => Assert.Equal(0, filling));
        Assert.Equal(RawFile.Payload(RawFile.SmallArrays), written[payload..^32]);
        Assert.Equal(RawFile.Sealed([.. written]), written);
    }

    [Fact]
    public void The_same_model_is_always_these_bytes() => Assert.Equal(
        "8e5415d20be4be08d3969afedde075cffb1948b5a50ec399a8a1ef1c5c53f486",
        Convert.ToHexStringLower(SHA256.HashData(RandomModels.Bytes(RandomModels.Load(RawFile.Small)))));

    [Fact]
    public void Whether_errors_are_those_of_two_looks_is_kept_and_may_be_left_out()
    {
        var model = RandomModels.Load(RawFile.Small);
        Assert.False(model.Input.MirrorAveraged);
        Assert.True(RandomModels.Load(RandomModels.Bytes(model with { Input = model.Input with { MirrorAveraged = true } })).Input.MirrorAveraged);
    }

    [Fact]
    public void A_file_of_version_1_is_read_and_predicts_the_same_bits()
    {
        // The model of RandomModels as 0.1.0 wrote it, which knew neither crops nor units.
        var file = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(ThisFile())!, "version-1.xstitch"));
        var drawn = RandomModels.Draw(RandomModels.Small, seed: 1);
        drawn = drawn with { Input = drawn.Input with { Crop = null }, Heads = [.. drawn.Heads.Select(head => head with { Unit = null })] };
        var old = RandomModels.Load(file);
        Assert.Equivalent(Plain(drawn), Plain(old), strict: true);
        var written = RandomModels.Bytes(old);
        written[8] = 1;
        Assert.Equal(file, RawFile.Sealed(written));

        using var runner = new NetworkRunner(old);
        using var today = new NetworkRunner(RandomModels.Load(RandomModels.Bytes(drawn)));
        float[] input = [.. Enumerable.Range(0, 2 * old.InputLength).Select(i => (i * 37 % 101 / 50f) - 1)];
        var (before, now) = (runner.Run(input, batch: 2), today.Run(input, batch: 2));
        Assert.Equal(now["where"].ToArray(), before["where"].ToArray());
        Assert.Equal(now["what"].ToArray(), before["what"].ToArray());

        // What 0.1.0 predicted, but for how a machine rounds.
        Assert.Equal([-4.82991f, -1.93814f, -6.26963f, -3.71838f, -2.24503f, -3.60315f], before["what"].ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void What_a_later_version_says_of_crops_and_units_is_no_part_of_version_1()
    {
        var header = Encoding.UTF8.GetBytes(RawFile.SmallHeader.Replace("\"tent\"", "17", StringComparison.Ordinal));
        var model = RandomModels.Load(RawFile.Bytes(header, RawFile.Payload(RawFile.SmallArrays), version: 1));
        Assert.Null(model.Input.Crop);
        Assert.All(model.Heads, head => Assert.Null(head.Unit));
    }

    [Fact]
    public void The_header_that_the_documentation_shows_is_one()
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "model-file.md"));
        var header = page.Split("```json\n")[1].Split("```")[0];
        float[][] tower = [new float[16 * 25], new float[16], new float[100 * 16 * 18 * 18], new float[100]];
        var model = RandomModels.Load(RawFile.Bytes(header, [.. tower, .. tower, new float[4 * 16], new float[4 * 100], new float[10 * 100], new float[10], new float[2 * 100], new float[2]]));
        Assert.Equal(["landmarks", "smile"], model.Heads.Select(head => head.Name));
        Assert.Equal(["box", null], model.Heads.Select(head => head.Unit));
        Assert.Equal(new CropFormat("square-detector-box"), model.Input.Crop);
    }

    [Fact]
    public void What_is_saved_is_what_is_loaded()
    {
        var stage = Gen.Select(Gen.Int[1, 20], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Bool, (channels, h, w, pool) => new KernelStage(channels, h, w, pool));
        Gen.Select(Gen.Int[1, 3], stage.Array[1, 2], Gen.Int[1, 3], Gen.Bool, Gen.Int[0, 1000]).Sample((channels, stages, towers, stitched, seed) =>
        {
            var model = RandomModels.Draw(new KernelShape(channels, 13, 12, stages, towers, stitched), seed);
            var bytes = RandomModels.Bytes(model);
            var loaded = RandomModels.Load(bytes);
            Assert.Equivalent(Plain(model), Plain(loaded), strict: true);
            Assert.Equal(bytes, RandomModels.Bytes(loaded));
        }, iter: 30);
    }

    [Fact]
    public void A_path_and_a_stream_that_gives_byte_after_byte_hold_the_same()
    {
        var path = Path.Combine(_folder, "model" + ModelFile.Extension);
        File.WriteAllText(path, "an older file");
        var model = RandomModels.Draw(RandomModels.Small, seed: 1);
        ModelFile.Save(model, path);
        Assert.Equal([path], Directory.GetFiles(_folder));
        Assert.Equal(RandomModels.Bytes(model), File.ReadAllBytes(path));
        using var slow = new SlowStream(RandomModels.Bytes(model));
        Assert.Equal(RandomModels.Bytes(model), RandomModels.Bytes(ModelFile.Load(slow)));
        Assert.Equivalent(Plain(model), Plain(ModelFile.Load(path)), strict: true);
    }

    [Fact]
    public void A_file_that_cannot_be_read_or_written_is_named()
    {
        var path = Path.Combine(_folder, "nowhere", "model.xstitch");
        Assert.StartsWith(path, Assert.Throws<ModelFileException>(() => ModelFile.Load(path)).Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder, Assert.Throws<ModelFileException>(() => ModelFile.Load(_folder)).Message, StringComparison.Ordinal);
        var model = RandomModels.Draw(RandomModels.Small, seed: 1);
        Assert.StartsWith(path, Assert.Throws<ModelFileException>(() => ModelFile.Save(model, path)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "text"), "not a model");
        Assert.Contains("text, byte 0: this is no CrossStitch model", Assert.Throws<ModelFileException>(() => ModelFile.Load(Path.Combine(_folder, "text"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_could_not_be_run_is_not_saved()
    {
        var model = RandomModels.Draw(RandomModels.Small, seed: 1);
        var damaged = model.Heads[0].Weights.ToArray();
        damaged[7] = float.NaN;
        Refused(model with { Heads = [model.Heads[0] with { Weights = damaged }] }, "head 'where', weights: number 7 is NaN");
        Refused(model with { Heads = [] }, "the number of heads is 0");
        Refused(model with { Heads = [model.Heads[0], model.Heads[0]] }, "heads[1].name is 'where'");
        Refused(model with { Heads = [model.Heads[0] with { Biases = new float[3] }] }, "head 'where', biases: has 3 numbers; the shape asks for 10");
        Refused(model with { Alphas = [] }, "0 stitches");
        Refused(model with { Towers = [model.Towers[0], model.Towers[1], [model.Towers[2][0]]] }, "3 towers of 2 stages");
        Refused(model with { Input = new InputFormat { Channels = ["gray"] } }, "input.channelNames has 1 names");
        Refused(model with { Input = new InputFormat { Scale = float.PositiveInfinity } }, "not finite");
        Refused(model with { Input = model.Input with { Crop = new CropFormat(" ") } }, "input.crop.region is ' '");
        foreach (var points in new float[]?[] { null, [0, 1], [0, 1, 0.5f, 0.5f, 1], [0, 1, 0.5f, float.NaN] })
        {
            Refused(model with { Input = model.Input with { Crop = new CropFormat(CropFormat.AlignedRegion) { Points = points } } }, $"input.crop.points has {points?.Length ?? 0} numbers; it must have two to 1024 points");
        }

        Refused(model with { Input = model.Input with { Crop = new CropFormat("square") { Points = [0, 1, 0, 1] } } }, "input.crop.points has 4 numbers");
        Refused(model with { Input = model.Input with { Crop = new CropFormat("square", float.NaN) } }, "input.crop.margin is NaN; it must be -0.4 to 16");
        Refused(model with { Input = model.Input with { Crop = new CropFormat("square", Resampling: (Resampling)3) } }, "input.crop.resampling is 3; it must be Nearest or Bilinear or Tent");
        Refused(model with { Input = model.Input with { Crop = new CropFormat("square", Edges: (EdgeHandling)(-1)) } }, "input.crop.edges is -1");
        Refused(model with { Input = model.Input with { Crop = null } }, "heads[0].unit is 'box'");
        Refused(model with { Heads = [model.Heads[1] with { Unit = "degrees" }] }, "heads[0].unit is 'degrees'; only a regression has a unit");
        Refused(model with { Heads = [model.Heads[0] with { Unit = "" }] }, "heads[0].unit is ''");
        Refused(model with { Heads = [model.Heads[0] with { Kind = (HeadKind)2 }] }, "heads[0].kind is 2");
        Refused(model with { Metadata = new Dictionary<string, string> { ["long"] = new('x', 1 << 20) } }, "metadata take");

        static void Refused(NetworkModel model, string why)
        {
            Assert.Contains(why, Assert.Throws<ModelFileException>(() => RandomModels.Bytes(model)).Message, StringComparison.Ordinal);
            if (!why.Contains("metadata", StringComparison.Ordinal))
            {
                Assert.Contains(why, Assert.Throws<ModelFileException>(() => new NetworkRunner(model)).Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    /// <summary>A model with arrays, which can be compared.</summary>
    private static object Plain(NetworkModel model) => new
    {
        model.Shape,
        Towers = model.Towers.Select(tower => tower.Select(stage => new { Weights = stage.Weights.ToArray(), Biases = stage.Biases.ToArray() }).ToArray()).ToArray(),
        Alphas = model.Alphas.Select(alpha => alpha.ToArray()).ToArray(),
        Heads = model.Heads.Select(head => new { head.Name, head.Kind, head.Tower, head.Outputs, head.Unit, Weights = head.Weights.ToArray(), Biases = head.Biases.ToArray(), head.Labels }).ToArray(),
        model.Input,
        model.Metadata,
    };

    /// <summary>A stream as a network gives it: no length, a byte at a time.</summary>
    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);
    }
}
