using System.Globalization;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Tests;

/// <summary>A folder of its own that holds a small archive in the layout of MTFL; gone with the test.</summary>
internal sealed class TinyArchive : IDisposable
{
    public const int ImageSize = 100;

    public TinyArchive() => System.IO.Directory.CreateDirectory(Directory);

    /// <summary>The landmarks of every face.</summary>
    public static FaceLandmarks Landmarks { get; } = new(new(40, 45), new(60, 45), new(50, 55), new(42, 66), new(58, 66));

    public string Directory { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public string Folder => Path.Combine(Directory, "mtfl");

    public string Zip => Path.Combine(Directory, "mtfl.zip");

    public string Cache => Path.Combine(Directory, "cache");

    /// <summary>The annotation of a face as MTFL has it, pixels counted from 1 at their centres.</summary>
    public static string Line(string image, string codes = "1 2 2 3")
    {
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        Landmarks.CopyTo(numbers);
        var points = string.Join(' ', numbers.ToArray().Select(number => (number + 0.5).ToString("0.000000", CultureInfo.InvariantCulture)));
        return $" {image.Replace('/', '\\')} {points} {codes}\r\n";
    }

    /// <summary>A picture with some texture, different for each seed.</summary>
    public static byte[] Jpeg(int seed = 0, int size = ImageSize)
    {
        using var bitmap = new SKBitmap(size, size);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor((byte)(40 * seed), 90, 160));
        using var paint = new SKPaint { Color = SKColors.White };
        canvas.DrawCircle(50, 55, 20 + seed, paint);
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray();
    }

    /// <summary>An unpacked archive of so many training faces.</summary>
    public static TinyArchive WithFaces(int count)
    {
        var archive = new TinyArchive();
        archive.Add("training.txt", string.Concat(Enumerable.Range(0, count).Select(i => Line($"faces/{i}.jpg"))) + " \r\n");
        for (var i = 0; i < count; i++)
        {
            archive.Add($"faces/{i}.jpg", Jpeg(i));
        }

        return archive;
    }

    public TinyArchive Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public TinyArchive Add(string path, byte[] content)
    {
        var full = Path.Combine(Folder, path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return this;
    }

    /// <summary>Packs the folder.</summary>
    public string Pack(CompressionLevel level = CompressionLevel.Optimal)
    {
        File.Delete(Zip);
        ZipFile.CreateFromDirectory(Folder, Zip, level, includeBaseDirectory: false);
        return Zip;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
