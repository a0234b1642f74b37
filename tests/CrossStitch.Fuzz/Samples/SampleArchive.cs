using System.Globalization;
using System.IO.Compression;
using System.Text;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Fuzz.Samples;

/// <summary>An archive of a few drawn faces in the layout of MTFL, and their boxes.</summary>
internal static class SampleArchive
{
    /// <summary>The name of a picture.</summary>
    public const string Picture = "lfw/0.jpg";

    private static readonly DateTimeOffset Day = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The files by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files()
    {
        var faces = Enumerable.Range(0, 3).Select(index => DrawnFaces.Draw(1, index)).ToList();
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["training.txt"] = Encoding.UTF8.GetBytes($"{Line(faces[0], 0)}\r\n{Line(faces[1], 1)}\r\n \r\n"),
            ["testing.txt"] = Encoding.UTF8.GetBytes($"{Line(faces[2], 2)}\r\n"),
        };
        for (var i = 0; i < faces.Count; i++)
        {
            files[PictureOf(i)] = faces[i].Jpeg.ToArray();
        }

        return files;
    }

    /// <summary>Boxes of the faces.</summary>
    public static string Boxes() => "image,x1,y1,x2,y2,score\n" + string.Concat(Enumerable.Range(0, 3).Select(index => (index, DrawnFaces.Draw(1, index).Box)).Select(face => string.Create(
        CultureInfo.InvariantCulture,
        $"{PictureOf(face.index)},{face.Box.CenterX - (face.Box.Side / 2)},{face.Box.CenterY - (face.Box.Side / 2)},{face.Box.CenterX + (face.Box.Side / 2)},{face.Box.CenterY + (face.Box.Side / 2)},0.9\n")));

    /// <summary>Files as a zip; the same bytes each time.</summary>
    /// <param name="files">The files.</param>
    /// <param name="level">How hard to press them.</param>
    public static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> files, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name, level);
                entry.LastWriteTime = Day;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static string PictureOf(int index) => $"lfw/{index}.jpg";

    private static string Line(DrawnFace face, int index)
    {
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        face.Face.Landmarks.CopyTo(numbers);
        return $" lfw\\{index}.jpg {string.Join(' ', numbers.ToArray().Select(number => (number + 0.5).ToString("0.000000", CultureInfo.InvariantCulture)))} 1 2 2 3";
    }
}
