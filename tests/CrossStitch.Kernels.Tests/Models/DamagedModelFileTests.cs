using System.Text;
using System.Text.Json.Nodes;
using CrossStitch.Kernels.Models;
using CsCheck;

namespace CrossStitch.Kernels.Tests.Models;

/// <summary>Whatever is wrong with a file is one exception that says what and where, and costs no memory to speak of.</summary>
public sealed class DamagedModelFileTests
{
    private static readonly byte[] Good = RandomModels.Bytes(RandomModels.Draw(RandomModels.Small, seed: 1));

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        for (var length = 0; length < Good.Length; length++)
        {
            var error = Refused(Good[..length]);
            Assert.Equal(length, error.Offset);
            Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_byte_changed_anywhere_is_noticed()
    {
        for (var at = 0; at < Good.Length; at++)
        {
            var bytes = (byte[])Good.Clone();
            bytes[at] ^= (byte)(1 << (at % 8));
            Refused(bytes);
        }
    }

    [Fact]
    public void Bytes_of_any_kind_are_no_model()
    {
        Gen.Byte.Array[0, 300].Sample(bytes => { Refused(bytes); }, iter: 2000);
        Gen.Select(Gen.Int[1, 40], Gen.Byte.Array[0, 300]).Sample((kept, bytes) => { Refused([.. Good[..kept], .. bytes]); }, iter: 2000);
        Gen.Byte.Array[1, 100].Sample(more => Assert.Contains("goes on", Refused([.. Good, .. more]).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3u, null, null, 8)]
    [InlineData(0u, null, null, 8)]
    [InlineData(2u, 0u, null, 12)]
    [InlineData(2u, uint.MaxValue, null, 12)]
    [InlineData(2u, null, ulong.MaxValue, 16)]
    [InlineData(2u, null, 1ul << 31, 16)]
    [InlineData(2u, null, 1ul << 28, null)]
    public void A_preamble_that_promises_too_much_is_refused(uint version, uint? headerLength, ulong? payloadLength, int? offset)
    {
        var error = Refused(RawFile.Bytes(Encoding.UTF8.GetBytes(RawFile.SmallHeader), RawFile.Payload(RawFile.SmallArrays), version, headerLength, payloadLength));
        Assert.Equal(offset ?? error.Offset, error.Offset);
    }

    [Fact]
    public void A_newer_version_asks_for_a_newer_program() =>
        Assert.Contains("has version 3 of the format, and this program reads versions 1 to 2", Refused(RawFile.Bytes([], [], version: 3)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"height\": 2", "\"height\": -1", "input.height is -1; it must be 1 to 16384")]
    [InlineData("\"height\": 2, \"width\": 3", "\"height\": 16384, \"width\": 16384", "activations")]
    [InlineData("\"height\": 2", "\"height\": 4294967298", "input.height is a number of another kind; it must be a whole number")]
    [InlineData("\"height\": 2", "\"height\": 2.5", "input.height")]
    [InlineData("\"height\": 2", "\"height\": \"2\"", "input.height is a string; it must be a number")]
    [InlineData("\"height\": 2", "\"depth\": 2", "input.height is missing")]
    [InlineData("\"height\": 2", "\"height\": 2, \"height\": 3", "JSON")]
    [InlineData("\"low\": 0", "\"low\": 1e999", "not finite")]
    [InlineData("[2, 2]", "[3, 2]", "stages[0].kernel[0], the rows of a kernel on 2 rows of input, is 3")]
    [InlineData("[2, 2]", "[2, 2, 2]", "stages[0].kernel has 3 numbers")]
    [InlineData("[2, 2], \"pool\": false", "[2, 2], \"pool\": true", "stages[0].kernel[0]")]
    [InlineData("\"pool\": false", "\"pool\": 0", "stages[0].pool is a number")]
    [InlineData("\"towers\": 2", "\"towers\": 1000000000", "towers is 1000000000")]
    [InlineData("\"towers\": 2", "\"towers\": 3", "the weights take 576 bytes, but those of the header's network would take 704")]
    [InlineData("\"tower\": 1", "\"tower\": 2", "heads[0].tower is 2; it must be 0 to 1")]
    [InlineData("\"outputs\": 2", "\"outputs\": 3", "heads[0].labels has 2 labels")]
    [InlineData("\"classification\"", "\"nonsense\"", "heads[0].kind is 'nonsense'; it must be regression or classification")]
    [InlineData("\"square\"", "\"\"", "input.crop.region is ''")]
    [InlineData("\"region\": \"square\",", "", "input.crop.region is missing")]
    [InlineData("\"margin\": 0.25", "\"margin\": -0.5", "input.crop.margin is -0.5; it must be -0.4 to 16")]
    [InlineData("\"margin\": 0.25", "\"margin\": 0.25, \"points\": [0, 1, 0, 1]", "input.crop.points has 4 numbers")]
    [InlineData("\"margin\": 0.25", "\"margin\": 1e999", "input.crop.margin is")]
    [InlineData("\"tent\"", "\"Tent\"", "input.crop.resampling is 'Tent'; it must be nearest or bilinear or tent")]
    [InlineData("\"tent\"", "2", "input.crop.resampling is a number")]
    [InlineData("\"lowest\"", "\"0\"", "input.crop.edges is '0'; it must be replicate or lowest")]
    [InlineData("\"crop\": {", "\"crop\": null, \"later-crop\": {", "input.crop is null; it must be an object")]
    [InlineData("\"crop\": {", "\"later-crop\": {", "heads[1].unit is 'box'")]
    [InlineData("\"box\"", "\"\"", "heads[1].unit is ''")]
    [InlineData("\"box\"", "null", "heads[1].unit is null; it must be a string")]
    [InlineData("\"regression\"", "\"classification\"", "heads[1].unit is 'box'; only a regression has a unit")]
    [InlineData("\"colour\"", "\"\"", "heads[0].name is ''")]
    [InlineData("\"hand\"", "null", "metadata.producer is null; it must be a string")]
    [InlineData("\"hand\"", "\"\\ud800\"", "JSON")]
    [InlineData("\"later\"", "later", "JSON")]
    [InlineData("{ \"producer\": \"hand\" }", "[]", "metadata is an array")]
    public void A_header_that_makes_no_sense_is_refused_though_its_checksum_matches(string part, string instead, string expected)
    {
        Assert.Contains(part, RawFile.SmallHeader, StringComparison.Ordinal);
        var error = Refused(RawFile.Bytes(RawFile.SmallHeader.Replace(part, instead, StringComparison.Ordinal), RawFile.SmallArrays));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Offset);
    }

    [Fact]
    public void A_network_of_monstrous_size_is_refused_before_memory_is_asked_for()
    {
        var stages = string.Join(", ", Enumerable.Repeat("""{ "channels": 16384, "kernel": [16384, 16384], "pool": false }""", 65));
        Refused(Changed("""[ { "channels": 1, "kernel": [2, 2], "pool": false } ]""", $"[ {stages} ]"));
        Refused(Changed("\"channels\": 1, \"kernel\"", "\"channels\": 16384, \"kernel\""));
        Refused(Changed("\"outputs\": 2, \"labels\": [\"red\", \"blue\"]", "\"outputs\": 16384, \"labels\": []"));
        var heads = string.Join(", ", Enumerable.Range(0, 257).Select(i => $$"""{ "name": "{{i}}", "kind": "regression", "tower": 0, "outputs": 1, "labels": [] }"""));
        Refused(Changed("\"heads\": [", $"\"heads\": [ {heads}, "));
        Refused(RawFile.Bytes(new string('[', 1 << 19), RawFile.SmallArrays));

        static byte[] Changed(string part, string instead)
        {
            Assert.Contains(part, RawFile.SmallHeader, StringComparison.Ordinal);
            return RawFile.Bytes(RawFile.SmallHeader.Replace(part, instead, StringComparison.Ordinal), RawFile.SmallArrays);
        }
    }

    [Fact]
    public void Any_value_anywhere_in_a_header_is_refused_or_makes_a_model_that_runs()
    {
        string[] nasty = ["-1", "0", "1", "2", "3", "64", "65536", "2147483647", "-2147483648", "2147483648", "1e30", "1e-300", "-0.5", "null", "true", "\"\"", "\"2\"", "\"box\"", "\"nearest\"", "[]", "{}", "[[]]", "[1, 1]", "[1, 2]"];
        var places = Places(JsonNode.Parse(RawFile.SmallHeader)!).Count;
        Gen.Select(Gen.Int[0, places - 1], Gen.Int[0, nasty.Length - 1].Select(i => nasty[i]), Gen.Int[0, places - 1], Gen.Int[0, nasty.Length - 1].Select(i => nasty[i])).Sample((place, value, other, another) =>
        {
            var header = JsonNode.Parse(RawFile.SmallHeader)!;
            Places(header)[place](value);
            var left = Places(header);
            left[other % left.Count](another);
            try
            {
                var model = RandomModels.Load(RawFile.Bytes(header.ToJsonString(), RawFile.SmallArrays));
                using var runner = new NetworkRunner(model);
                runner.Run(new float[model.InputLength], batch: 1);
            }
            catch (ModelFileException error)
            {
                Assert.NotNull(error.Offset);
            }
        }, iter: 3000, threads: 1);
    }

    [Fact]
    public void Header_bytes_of_any_kind_are_refused()
    {
        var header = Encoding.UTF8.GetBytes(RawFile.SmallHeader);
        Gen.Byte.Array[1, 200].Sample(bytes => { Refused(RawFile.Bytes(bytes, RawFile.Payload(RawFile.SmallArrays))); }, iter: 1000);
        Gen.Select(Gen.Int[0, header.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var changed = (byte[])header.Clone();
            changed[at] = value;
            try
            {
                RandomModels.Load(RawFile.Bytes(changed, RawFile.Payload(RawFile.SmallArrays)));
            }
            catch (ModelFileException)
            {
                // A letter of a label may change and nobody can tell; nothing else may be thrown.
            }
        }, iter: 3000);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_weight_that_is_no_number_is_found(float value)
    {
        var arrays = RawFile.SmallArrays.Select(array => (float[])array.Clone()).ToArray();
        arrays[4][2] = value;
        var file = RawFile.Bytes(RawFile.SmallHeader, arrays);
        var error = Refused(file);
        Assert.Contains("stitch 0: number 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(file.Length - 32 - (9 * 64) + (4 * 64) + 8, error.Offset);
    }

    private static ModelFileException Refused(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ModelFileException>(() => RandomModels.Load(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + (8L * bytes.Length));
        Assert.Contains("byte ", error.Message, StringComparison.Ordinal);
        return error;
    }

    /// <summary>Every place in a header that a value can be put.</summary>
    private static List<Action<string>> Places(JsonNode node)
    {
        var places = new List<Action<string>>();
        if (node is JsonObject members)
        {
            foreach (var (name, member) in members.ToList())
            {
                places.Add(value => members[name] = JsonNode.Parse(value));
                places.AddRange(member is null ? [] : Places(member));
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                var at = i;
                places.Add(value => items[at] = JsonNode.Parse(value));
                places.AddRange(items[i] is { } item ? Places(item) : []);
            }
        }

        return places;
    }
}
