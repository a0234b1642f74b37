using System.Buffers.Binary;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Model files: whole ones, and headers of any shape with the weights that they ask for. What is accepted is saved again and run.</summary>
internal sealed class ModelTarget : FuzzTarget
{
    private const string Header = "header";
    private const int Examples = 2;

    // Weights of which so many, added up, come nowhere near what a float can hold.
    private const float Tame = 100;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Documented { get; } = [typeof(ModelFileException)];

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        foreach (var model in new[] { SampleModel.Of(stitched: true), SampleModel.Of(stitched: false) })
        {
            yield return new FuzzInput("file", InputForm.Bytes, SampleModel.Bytes(model));
            yield return new FuzzInput(Header, InputForm.Json, ModelHeader.Write(model));
        }
    }

    /// <inheritdoc/>
    public override byte[] Reseal(FuzzInput input) => input.Name == Header ? input.Bytes : Sha256Seal.Of(input.Bytes);

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        using var stream = new MemoryStream(input.Name == Header ? Frame(input.Bytes) : input.Bytes);
        var model = ModelFile.Load(stream);
        SampleModel.Bytes(model);
        using var runner = new NetworkRunner(model);
        var random = new SeededRandom(1);
        var example = Enumerable.Range(0, Examples * model.InputLength).Select(_ => (float)random.NextBetween(-1, 1)).ToArray();
        model.Input.Normalize(example.ToArray());
        var outputs = runner.Run(example, Examples);
        var tame = Weights(model).All(weights => weights.Span.IndexOfAnyExceptInRange(-Tame, Tame) < 0);
        for (var head = 0; head < model.Heads.Count; head++)
        {
            foreach (var output in outputs[head])
            {
                BrokenPromiseException.Unless(!tame || model.Shape.Stages.Count > 8 || float.IsFinite(output), "a model of small weights says what is no number");
            }
        }
    }

    /// <summary>A file with a header and, where the header makes sense, as many weights as it asks for.</summary>
    private static byte[] Frame(byte[] header)
    {
        var payload = 0L;
        try
        {
            payload = new ModelLayout(ModelHeader.Read(header, ModelFile.Version)).PayloadLength;
        }
        catch (FormatException)
        {
            // The reader will say so.
        }

        var at = ModelFormat.PayloadAt(header.Length);
        var bytes = new byte[at + payload + Sha256Seal.Length];
        ModelFormat.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ModelFormat.VersionAt), ModelFile.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ModelFormat.HeaderLengthAt), (uint)header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(ModelFormat.PayloadLengthAt), payload);
        header.CopyTo(bytes, ModelFormat.PreambleLength);
        for (var i = at; i + sizeof(float) <= at + payload; i += sizeof(float))
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i), ((i / sizeof(float) % 17) - 8) / 64f);
        }

        return Sha256Seal.Of(bytes);
    }

    private static IEnumerable<ReadOnlyMemory<float>> Weights(NetworkModel model) =>
    [
        .. model.Towers.SelectMany(tower => tower).SelectMany(stage => new[] { stage.Weights, stage.Biases }),
        .. model.Alphas,
        .. model.Heads.SelectMany(head => new[] { head.Weights, head.Biases }),
    ];
}
