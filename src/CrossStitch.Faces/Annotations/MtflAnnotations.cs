using System.Globalization;

namespace CrossStitch.Faces.Annotations;

/// <summary>
/// Parses MTFL's annotation files. A line holds a face: the path of its picture, x1..x5, y1..y5, gender (1 male,
/// 2 female), smile (1 yes, 2 no), glasses (1 yes, 2 no) and pose (1 to 5, from left profile to right profile),
/// parted by spaces.
/// </summary>
/// <remarks>
/// Lines end with LF or CRLF, most begin with a space, paths have backslashes or slashes, and the last line is blank:
/// all of that is accepted. Coordinates are in pixels from the left and top edges of the picture, and a landmark must lie
/// in it, edges included; no slack is given, for MTFL needs none. Nothing here looks at the pictures, so that a landmark
/// lies beyond the right or lower edge shows only when they are read.
/// </remarks>
public static class MtflAnnotations
{
    private const int Fields = 1 + FaceLandmarks.Numbers + 4;

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
    /// <exception cref="FaceDataException">A line is invalid, and such are not to be skipped.</exception>
    public static MtflReading Parse(string text, string file, bool skipInvalid = false)
    {
        var faces = new List<AnnotatedFace>();
        var problems = new List<FaceProblem>();
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var content = text.AsSpan()[range].Trim();
            if (content.IsEmpty)
            {
                continue;
            }

            var message = ParseLine(content.ToString(), number, out var face);
            if (face is not null)
            {
                faces.Add(face);
                continue;
            }

            var problem = new FaceProblem(file, number, message);
            if (!skipInvalid)
            {
                throw problem.ToException();
            }

            problems.Add(problem);
        }

        return new MtflReading(faces, problems);
    }

    private static string ParseLine(string line, int number, out AnnotatedFace? face)
    {
        face = null;
        var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Fields)
        {
            return $"{Fields} fields make a face (path, x1..x5, y1..y5, gender, smile, glasses, pose); here are {fields.Length}.";
        }

        if (!ArchivePath.TryNormalize(fields[0], out var path))
        {
            return $"The path {ArchivePath.Quote(fields[0])} leaves the archive.";
        }

        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        for (var i = 0; i < numbers.Length; i++)
        {
            var field = fields[1 + i];
            var name = $"{(i < FaceLandmarks.Count ? 'x' : 'y')}{(i % FaceLandmarks.Count) + 1}";
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i]))
            {
                return $"{name} is {ArchivePath.Quote(field)}, not a finite number.";
            }

            if (numbers[i] < 0)
            {
                return $"{name} is {field}: the landmark lies outside the image.";
            }
        }

        Span<int> codes = stackalloc int[4];
        ReadOnlySpan<string> names = ["gender", "smile", "glasses", "pose"];
        ReadOnlySpan<int> highest = [2, 2, 2, 5];
        for (var i = 0; i < codes.Length; i++)
        {
            var field = fields[1 + numbers.Length + i];
            if (!int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out codes[i]) || codes[i] < 1 || codes[i] > highest[i])
            {
                return $"The code of {names[i]} is {ArchivePath.Quote(field)}; it must be from 1 to {highest[i]}.";
            }
        }

        var landmarks = FaceLandmarks.FromNumbers(numbers);
        if (!(landmarks.InterOcularDistance >= LeastInterOcularDistance))
        {
            return "The eyes are less than a pixel apart.";
        }

        var attributes = new FaceAttributes((HeadPose)(codes[3] - 1), (Gender)(codes[0] - 1), Glasses: codes[2] == 1, Smile: codes[1] == 1);
        face = new AnnotatedFace(path, landmarks, attributes, number);
        return "";
    }
}
