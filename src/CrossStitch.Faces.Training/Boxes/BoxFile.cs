using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Boxes;

/// <summary>
/// A detector's boxes, from a CSV file with the header <c>image,x1,y1,x2,y2,score</c>: a rectangle a line, in pixels of
/// the image that it names. An image may have none, one or several. Fields may be quoted, and have blanks around them.
/// </summary>
public sealed class BoxFile
{
    /// <summary>The first line of a box file.</summary>
    internal const string Header = "image,x1,y1,x2,y2,score";

    private const string FinderName = "The finder in the package";

    /// <summary>Coordinates beyond this are no picture's: images of over 64 megapixels are not read.</summary>
    private const float MaxCoordinate = 1_000_000;

    private readonly Dictionary<string, List<DetectedBox>> _boxes = new(StringComparer.Ordinal);

    private BoxFile(string name) => Name = name;

    /// <summary>The file's path as it was given, for messages; of boxes that were found, what found them.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file's bytes, in hexadecimal; of a text, that of its UTF-8.</summary>
    public string ContentKey { get; private set; } = "";

    /// <summary>How many images have a box.</summary>
    public int Images => _boxes.Count;

    /// <summary>The images that have a box, by path.</summary>
    public IReadOnlyCollection<string> Paths => _boxes.Keys;

    /// <summary>How many boxes there are.</summary>
    public int Count { get; private set; }

    /// <summary>Reads a box file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="CrossStitchException">It is missing or unreadable, or a line is malformed.</exception>
    public static BoxFile Read(string path) => Read(path, FaceLimits.Default);

    /// <summary>Reads a box file within other bounds.</summary>
    internal static BoxFile Read(string path, FaceLimits limits)
    {
        if (!File.Exists(path))
        {
            throw new CrossStitchException($"There is no box file {QuotedText.Of(path)}.");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Parse(file, path, limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"The box file {path} cannot be read: {FileProblem.Reason(e)}.", e);
        }
    }

    /// <summary>Parses a box file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="CrossStitchException">A line is malformed, or there is no box.</exception>
    public static BoxFile Parse(string text, string file)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Parse(bytes, file, FaceLimits.Default);
    }

    /// <summary>Parses what the packaged finder found, which may be nothing.</summary>
    internal static BoxFile Found(string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Parse(bytes, FinderName, FaceLimits.Default, mayBeEmpty: true);
    }

    private static BoxFile Parse(Stream bytes, string file, FaceLimits limits, bool mayBeEmpty = false)
    {
        using var sha = SHA256.Create();
        using var hashed = new CryptoStream(bytes, sha, CryptoStreamMode.Read, leaveOpen: true);
        using var reader = new StreamReader(hashed);
        var lines = new LineReader(reader, limits.LineLength, limits.BoxCharacters);
        var boxes = new BoxFile(file);
        var header = lines.Read() ?? "";
        if (!(CsvLine.Split(header) ?? []).SequenceEqual(Header.Split(','), StringComparer.OrdinalIgnoreCase))
        {
            throw Malformed(file, 1, $"A box file begins with the header {Header}; here is {QuotedText.Of(header)}.");
        }

        while (lines.Read() is { } line)
        {
            if (lines.Number > limits.Lines || lines.Characters > limits.BoxCharacters)
            {
                throw Malformed(file, lines.Number, $"The file goes on; at most {limits.Lines} lines and {limits.BoxCharacters} characters are read. Keep the boxes of the archive's pictures only.");
            }

            if (lines.IsTooLong)
            {
                throw Malformed(file, lines.Number, $"The line has {lines.Length} characters; a box takes at most {limits.LineLength}.");
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                boxes.Add(line, lines.Number, limits);
            }
        }

        boxes.ContentKey = Convert.ToHexStringLower(sha.Hash!);
        boxes.Rank();
        return boxes.Count > 0 || mayBeEmpty ? boxes : throw new CrossStitchException($"{file} has no box, only a header.");
    }

    /// <summary>An image's boxes, the highest score first, those of one score as the file has them; empty if it has none.</summary>
    /// <param name="imagePath">Path of the image in its archive, with forward slashes.</param>
    public IReadOnlyList<DetectedBox> this[string imagePath] => _boxes.TryGetValue(imagePath, out var found) ? found : [];

    private static CrossStitchException Malformed(string file, int line, string message) => new($"{file}, line {line}: {message}");

    private void Add(string line, int number, FaceLimits limits)
    {
        var fields = CsvLine.Split(line) ?? throw Malformed(Name, number, "A quote is not closed, or something other than a comma follows it.");
        if (fields.Count != 6)
        {
            throw Malformed(Name, number, $"A box has 6 fields ({Header}); here are {fields.Count}.");
        }

        if (!ArchivePath.TryNormalize(fields[0], out var image))
        {
            throw Malformed(Name, number, $"The path {QuotedText.Of(fields[0])} leaves the archive.");
        }

        Span<float> values = stackalloc float[5];
        for (var i = 0; i < values.Length; i++)
        {
            var isNumber = float.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]);
            if (!isNumber || !(MathF.Abs(values[i]) <= MaxCoordinate))
            {
                var name = Header.Split(',')[i + 1];
                throw Malformed(Name, number, $"{name} is {QuotedText.Of(fields[i + 1])}, not a number of at most {MaxCoordinate:0}.");
            }
        }

        var box = new DetectedBox(values[0], values[1], values[2], values[3], values[4]);
        if (box.X2 - box.X1 < 1 || box.Y2 - box.Y1 < 1)
        {
            throw Malformed(Name, number, "The box is less than a pixel wide or high: x2 must exceed x1, and y2 exceed y1.");
        }

        if (!_boxes.TryGetValue(image, out var list))
        {
            _boxes[image] = list = [];
        }

        if (list.Count == limits.BoxesOnPicture)
        {
            throw Malformed(Name, number, $"{QuotedText.Of(image)} has more than {limits.BoxesOnPicture} boxes, the most of one picture. Keep those with the highest scores.");
        }

        list.Add(box);
        Count++;
    }

    // Once for all faces of a picture.
    private void Rank()
    {
        foreach (var list in _boxes.Values.Where(list => list.Count > 1))
        {
            var ranked = list.OrderByDescending(box => box.Score).ToList();
            list.Clear();
            list.AddRange(ranked);
        }
    }
}
