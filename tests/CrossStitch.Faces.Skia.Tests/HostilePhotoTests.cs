using System.Buffers.Binary;
using System.Diagnostics;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Kernels;
using SkiaSharp;

namespace CrossStitch.Faces.Skia.Tests;

/// <summary>Photos and pixels that were tampered with: each is read, or refused in the way that is documented, and nothing stays behind.</summary>
public class HostilePhotoTests
{
    private const int MostPixels = 200_000;
    private const long MostGrowth = 256L << 20;

    private static readonly int Count = Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1" ? 10_000 : 500;

    private static readonly ReaderOptions Any = new() { Finder = new FinderOptions { MinimumScore = 0.02f, MostFaces = 5 } };

    private static readonly int[] Sizes = [0, 1, -1, 2, 3, 7, 16, 31, 40, 63, 100, 255, 300, 65_535, 100_000_001, int.MaxValue, int.MinValue];

    [Fact]
    public void A_file_that_was_tampered_with_is_read_or_refused()
    {
        var seeds = Seeds();
        var (read, refused, before) = (0, 0, 0L);
        for (var number = 0; number < Count; number++)
        {
            var random = new SeededRandom(1, (ulong)number);
            var file = seeds[number % seeds.Count];
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                file = random.NextBool(0.2) ? WithLength(file, random) : ByteMutator.Change(file, seeds[random.Next(0, seeds.Count)], random);
            }

            try
            {
                var photo = Photo.Load(file, new PhotoOptions { MostPixels = MostPixels });
                Read(photo.Pixels);
                Assert.Equal((long)photo.Width * photo.Height, (long)PhotoDecoder.Decode(file, "a").Width * PhotoDecoder.Decode(file, "a").Height);
                read++;
            }
            catch (FaceDataException)
            {
                refused++;
            }

            before = number == Count / 10 ? Memory() : before;
        }

        // Both happen often, or the changes are too small or too large to try anything.
        Assert.InRange(read, Count / 10, Count);
        Assert.InRange(refused, Count / 10, Count);
        Assert.InRange(Memory() - before, long.MinValue, MostGrowth);
    }

    [Fact]
    public void Pixels_of_any_size_and_stride_are_read_or_refused()
    {
        var (read, refused) = (0, 0);
        for (var number = 0; number < Count; number++)
        {
            var random = new SeededRandom(2, (ulong)number);
            var format = (PixelFormat)random.Next(-1, 6);
            var (width, height) = (Size(random), Size(random));
            var row = (long)width * (format == PixelFormat.Gray ? 1 : format is PixelFormat.Rgb or PixelFormat.Bgr ? 3 : 4);
            var stride = random.Next(0, 4) switch
            {
                0 => 0,
                1 => OddValues.One(random, Sizes),
                2 => (int)Math.Clamp(row + random.Next(-2, 9), int.MinValue, int.MaxValue),
                _ => (int)Math.Clamp(row, int.MinValue, int.MaxValue),
            };
            var needed = ((long)(stride == 0 ? row : stride) * (height - 1L)) + row;
            var bytes = new byte[(int)Math.Clamp(needed + random.Next(-1, 3), 0, 1_000_000)];
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((i * 2654435761L) >> 16);
            }

            try
            {
                Read(new PhotoPixels(bytes, width, height, format, stride));
                read++;
            }
            catch (ArgumentException)
            {
                refused++;
            }
        }

        Assert.InRange(read, Count / 20, Count);
        Assert.InRange(refused, Count / 10, Count);

        static int Size(SeededRandom random) => random.NextBool(0.3) ? OddValues.One(random, Sizes) : random.Next(1, 200);
    }

    /// <summary>Finds and reads faces, also where one is said to be: nothing that comes out is infinite or no number.</summary>
    private static void Read(PhotoPixels photo)
    {
        FaceBox[] boxes = [new(photo.Width / 2f, photo.Height / 2f, Math.Max(photo.Width, photo.Height), BoxSource.Detector), new(-3, photo.Height, 0.01f, BoxSource.Detector)];
        var numbers = new float[FaceLandmarks.Numbers];
        foreach (var face in FaceReader.Default.Read(photo, Any).Concat(FaceReader.Default.ReadAt(photo, boxes)))
        {
            face.Landmarks.CopyTo(numbers);
            Assert.All([.. numbers, face.Box.CenterX, face.Box.CenterY, face.Box.Side, face.Score, .. face.Pose!.Probabilities, .. face.Smile!.Probabilities], number => Assert.True(float.IsFinite(number)));
            Assert.InRange(face.Score, 0, 1);
        }
    }

    /// <summary>A number of two or four bytes somewhere in the head, where lengths and sizes are, becomes another; a PNG's checksum goes with it now and then.</summary>
    private static byte[] WithLength(byte[] file, SeededRandom random)
    {
        var changed = (byte[])file.Clone();
        if (changed.Length < 40)
        {
            return changed;
        }

        var at = random.Next(0, Math.Min(changed.Length, 200) - 4);
        var value = OddValues.One(random, Sizes);
        if (random.NextBool())
        {
            BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(at), value);
        }
        else
        {
            BinaryPrimitives.WriteInt16LittleEndian(changed.AsSpan(at), (short)value);
        }

        if (changed[1] == 'P')
        {
            BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(29), PngChecksum.Of(changed.AsSpan(12, 17)));
        }

        return changed;
    }

    private static List<byte[]> Seeds()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(90, 70, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(40, 90, 160));
        using var paint = new SKPaint { Color = SKColors.Wheat };
        canvas.DrawOval(45, 35, 22, 28, paint);
        paint.Color = SKColors.Black;
        canvas.DrawCircle(37, 28, 3, paint);
        canvas.DrawCircle(53, 28, 3, paint);
        canvas.DrawRect(38, 48, 14, 3, paint);
        byte[] bmp = [.. "BM"u8, 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], .. Enumerable.Range(0, 8 * 8 * 3).Select(i => (byte)(i * 37))];
        byte[] gif = Convert.FromHexString("47494638396101000100800000FFFFFF00000021F90401000000002C00000000010001000002024401003B");
        return
        [
            .. new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp }.Select(format => bitmap.Encode(format, 80).ToArray()),
            bmp,
            gif,
        ];
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
