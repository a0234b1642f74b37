using System.Buffers.Binary;
using CrossStitch.Faces;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;
using SkiaSharp;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Pictures: JPEG, PNG with the checksums of its chunks made anew, WebP, GIF and BMP.</summary>
internal sealed class PictureTarget : FuzzTarget
{
    private const int ChunkFrame = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Documented { get; } = [typeof(FaceDataException)];

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            yield return new FuzzInput("picture", InputForm.Bytes, SamplePictures.Of(format));
            yield return new FuzzInput("picture", InputForm.Bytes, SamplePictures.Of(format, SKColorType.Gray8));
        }

        foreach (var other in SamplePictures.Others)
        {
            yield return new FuzzInput("picture", InputForm.Bytes, other);
        }

        yield return new FuzzInput("picture", InputForm.Bytes, SamplePictures.Large()) { OnlyWhole = true };
    }

    /// <inheritdoc/>
    public override byte[] Reseal(FuzzInput input)
    {
        if (!input.Bytes.AsSpan().StartsWith(Signature))
        {
            return input.Bytes;
        }

        var bytes = (byte[])input.Bytes.Clone();
        for (var at = (long)Signature.Length; at + ChunkFrame <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)at));
            if (at + ChunkFrame + length > bytes.Length)
            {
                break;
            }

            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan((int)(at + 8 + length)), ZipChecksum.Of(bytes.AsSpan((int)at + 4, (int)length + 4)));
            at += ChunkFrame + length;
        }

        return bytes;
    }

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        var image = PhotoDecoder.Decode(input.Bytes, "picture");
        BrokenPromiseException.Unless(image is { Width: > 0, Height: > 0 }, "a picture without a pixel is accepted");
    }
}
