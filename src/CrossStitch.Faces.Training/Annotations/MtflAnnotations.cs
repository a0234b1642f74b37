using System.Globalization;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// Parses MTFL's annotation files. A line holds a face: the path of its picture, x1..x5, y1..y5, gender (1 male,
/// 2 female), smile (1 yes, 2 no), glasses (1 yes, 2 no) and pose (1 to 5, from left profile to right profile),
/// parted by spaces. The path is all that stands before the last 14 fields, so it may have spaces of its own.
/// </summary>
/// <remarks>
/// Lines end with LF, CRLF or CR, most begin with a space, paths have backslashes or slashes, and the last line is blank:
/// all of that is accepted. The file counts pixels from 1, at their centres; the landmarks here are in pixels from the left
/// and top edges of the picture, half a pixel less. A landmark must lie in the picture, but coordinates from 0 on are taken,
/// half a pixel outside: a file that measures from the edge can be read so, half a pixel off, and one that counts pixels
/// from 0, a whole one. Nothing here looks at the pictures, so that a landmark lies beyond the right or lower edge shows only
/// when they are read.
/// </remarks>
public static class MtflAnnotations
{
    /// <summary>The attributes in the order in which a line has them.</summary>
    internal static IReadOnlyList<FaceAttribute> Columns { get; } = [.. FaceAttribute.All.OrderBy(attribute => attribute.MtflColumn)];

    private static readonly int NumberFields = FaceLandmarks.Numbers + Columns.Count;

    /// <summary>
    /// Least distance between the eyes, in pixels. Errors are divided by it, and boxes follow from it, so a face
    /// without it has no use; the closest eyes of MTFL are several pixels apart.
    /// </summary>
    private const float LeastInterOcularDistance = 1;

    /// <summary>Parses a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="skipInvalid">Whether to list invalid lines as problems and go on.</param>
    /// <returns>The faces, in the order of the file.</returns>
    /// <exception cref="CrossStitchException">A line is invalid, and such are not to be skipped.</exception>
    public static MtflReading Parse(string text, string file, bool skipInvalid = false)
    {
        using var reader = new StringReader(text);
        return Parse(reader, file, skipInvalid, FaceLimits.Default);
    }

    /// <summary>Parses a file line by line, so that its text is never in memory as a whole.</summary>
    internal static MtflReading Parse(TextReader text, string file, bool skipInvalid, FaceLimits limits)
    {
        var faces = new List<AnnotatedFace>();
        var problems = new List<FaceProblem>();
        var lines = new LineReader(text, limits.LineLength);
        while (lines.Read() is { } line)
        {
            if (lines.Number > limits.Lines)
            {
                throw new CrossStitchException($"{file} has more than {limits.Lines} lines, which no list of faces has. Check that it is the right file, or split it.");
            }

            AnnotatedFace? face = null;
            string? message = lines.IsTooLong ? $"The line has {lines.Length} characters; a face takes at most {limits.LineLength}."
                : line.Trim() is { Length: > 0 } content ? ParseLine(content, lines.Number, out face)
                : null;
            if (face is not null)
            {
                faces.Add(face);
                if (faces.Count > limits.Faces)
                {
                    throw new CrossStitchException($"{file}, line {lines.Number}: the file lists more than {limits.Faces} faces, the most that are read. Split it.");
                }
            }
            else if (message is not null)
            {
                var problem = new FaceProblem(file, lines.Number, message);
                if (!skipInvalid)
                {
                    throw problem.ToException();
                }

                problems.Add(problem);
                CheckCount(problems, limits);
            }
        }

        return new MtflReading(faces, problems);
    }

    /// <summary>Refuses a file with more problems than are worth listing.</summary>
    /// <param name="problems">The problems so far.</param>
    /// <param name="limits">The bounds.</param>
    /// <exception cref="CrossStitchException">There are too many.</exception>
    internal static void CheckCount(IReadOnlyList<FaceProblem> problems, FaceLimits limits)
    {
        if (problems.Count > limits.Problems)
        {
            throw new CrossStitchException($"{problems[0].File} has more than {limits.Problems} invalid lines: it is not in the layout of MTFL, or not of these pictures. The first is line {problems[0].Line}: {problems[0].Message}");
        }
    }

    private static string ParseLine(string line, int number, out AnnotatedFace? face)
    {
        face = null;
        var (name, fields) = Split(line);
        if (name.Length == 0)
        {
            return $"{1 + NumberFields} fields make a face (path, x1..x5, y1..y5, {string.Join(", ", Columns)}); here are {fields.Count}.";
        }

        if (!ArchivePath.TryNormalize(name, out var path))
        {
            return $"The path {QuotedText.Of(name)} leaves the archive.";
        }

        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        for (var i = 0; i < numbers.Length; i++)
        {
            var field = fields[i];
            var coordinate = $"{(i < FaceLandmarks.Count ? 'x' : 'y')}{(i % FaceLandmarks.Count) + 1}";
            if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var written) || !float.IsFinite(numbers[i] = MtflCoordinate.Read(written)))
            {
                return $"{coordinate} is {QuotedText.Of(field)}, not a finite number.";
            }

            if (written < 0)
            {
                return $"{coordinate} is {field}: the landmark lies outside the image.";
            }
        }

        var classes = new byte[FaceAttribute.All.Count];
        for (var i = 0; i < Columns.Count; i++)
        {
            var field = fields[numbers.Length + i];
            if (!int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || Columns[i].ClassOf(code) < 0)
            {
                return $"The code of {Columns[i]} is {QuotedText.Of(field)}; it must be from 1 to {Columns[i].Classes.Count}.";
            }

            classes[Columns[i].Index] = (byte)Columns[i].ClassOf(code);
        }

        var landmarks = FaceLandmarks.FromNumbers(numbers);
        if (!(landmarks.InterOcularDistance >= LeastInterOcularDistance))
        {
            return "The eyes are less than a pixel apart.";
        }

        face = new AnnotatedFace(path, landmarks, new FaceAttributes(classes), number);
        return "";
    }

    // The last 14 fields, and what is before them; where there are fewer fields, no path.
    private static (string Path, IReadOnlyList<string> Fields) Split(string line)
    {
        var fields = new string[NumberFields];
        var end = line.Length;
        for (var i = fields.Length - 1; i >= 0; i--)
        {
            var start = line.AsSpan(0, end).LastIndexOfAny(' ', '\t') + 1;
            fields[i] = line[start..end];
            end = line.AsSpan(0, start).TrimEnd(" \t").Length;
            if (end == 0)
            {
                return ("", fields[i..]);
            }
        }

        return (line[..end], fields);
    }
}
