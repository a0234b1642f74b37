using CrossStitch.Faces.Training.Annotations;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Annotations;

public class MtflAnnotationsTests
{
    private const string Points = "107.25 147.75 126.25 106.25 140.75 108.75 113.25 143.75 158.75 162.75";

    [Fact]
    public void A_line_as_MTFL_has_it_is_read()
    {
        var reading = MtflAnnotations.Parse($"lfw_5590\\Aaron_0001.jpg {Points} 2 1 2 5\r\n", "training.txt");

        var face = Assert.Single(reading.Faces);
        Assert.Equal("lfw_5590/Aaron_0001.jpg", face.ImagePath);
        Assert.Equal(new FaceLandmarks(new(106.75f, 108.25f), new(147.25f, 112.75f), new(125.75f, 143.25f), new(105.75f, 158.25f), new(140.25f, 162.25f)), face.Landmarks);
        Assert.Equal(FaceAttributes.Of((FaceAttribute.Pose, "60°"), (FaceAttribute.Gender, "female"), (FaceAttribute.Glasses, "no"), (FaceAttribute.Smile, "yes")), face.Attributes);
        Assert.Equal(1, face.Line);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Pixels_are_counted_from_1_at_their_centres()
    {
        var face = Assert.Single(MtflAnnotations.Parse("a.jpg 1 0 3 4 5 6 7 8 9 10 1 2 2 3", "training.txt").Faces);

        Assert.Equal(new FacePoint(0.5f, 5.5f), face.Landmarks.LeftEye);
        Assert.Equal(-0.5f, face.Landmarks.RightEye.X);
    }

    [Theory]
    [InlineData("a.jpg {0} 1 2 2 3\r\n b.jpg {0} 1 2 2 3\r\n \r\n")]
    [InlineData("a.jpg {0} 1 2 2 3\n b.jpg {0} 1 2 2 3\n")]
    [InlineData("a.jpg {0} 1 2 2 3\r b.jpg {0} 1 2 2 3\r")]
    [InlineData(" a.jpg {0} 1 2 2 3\n b.jpg {0} 1 2 2 3")]
    [InlineData("\t./a.jpg  {0} 1 2 2 3 \r\n\r\n.\\b.jpg {0} 1 2 2 3\r\n\n\n")]
    public void Line_ends_leading_spaces_and_blank_lines_do_not_matter(string text)
    {
        var reading = MtflAnnotations.Parse(text.Replace("{0}", Points, StringComparison.Ordinal), "training.txt");

        Assert.Equal(["a.jpg", "b.jpg"], reading.Faces.Select(face => face.ImagePath));
    }

    [Theory]
    [InlineData("a.jpg 1 2 3", "15 fields")]
    [InlineData("a.jpg " + Points + " 1 2 2", "15 fields")]
    [InlineData("a.jpg " + Points + " 0 2 2 3", "gender is '0'")]
    [InlineData("a.jpg " + Points + " 1 3 2 3", "smile is '3'")]
    [InlineData("a.jpg " + Points + " 1 2 x 3", "glasses is 'x'")]
    [InlineData("a.jpg " + Points + " 1 2 2 6", "pose is '6'")]
    [InlineData("a.jpg NaN 2 3 4 5 6 7 8 9 10 1 2 2 3", "x1 is 'NaN'")]
    [InlineData("a.jpg 1 2 3 4 5 6 7 8 9 1e999 1 2 2 3", "y5 is '1e999'")]
    [InlineData("a.jpg 1 2 3,5 4 5 6 7 8 9 10 1 2 2 3", "x3 is '3,5'")]
    [InlineData("a.jpg 1 -2 3 4 5 6 7 8 9 10 1 2 2 3", "outside the image")]
    [InlineData("a.jpg 5 5 3 4 5 6 6 8 9 10 1 2 2 3", "less than a pixel apart")]
    [InlineData("../a.jpg " + Points + " 1 2 2 3", "leaves the archive")]
    [InlineData("b\\..\\..\\a.jpg " + Points + " 1 2 2 3", "leaves the archive")]
    [InlineData("/etc/a.jpg " + Points + " 1 2 2 3", "leaves the archive")]
    [InlineData("C:\\a.jpg " + Points + " 1 2 2 3", "leaves the archive")]
    public void An_invalid_line_is_one_error_with_file_and_line(string line, string reason)
    {
        var error = Assert.Throws<CrossStitchException>(() => MtflAnnotations.Parse($"good.jpg {Points} 1 2 2 3\n{line}\n", "testing.txt"));

        Assert.StartsWith("testing.txt, line 2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my face.jpg", "my face.jpg")]
    [InlineData("a folder\\of  1 2 3 faces\\my face.jpg\t", "a folder/of  1 2 3 faces/my face.jpg")]
    public void A_path_may_have_blanks(string written, string path) =>
        Assert.Equal(path, Assert.Single(MtflAnnotations.Parse($" {written} {Points} 1 2 2 3\r\n", "training.txt").Faces).ImagePath);

    [Fact]
    public void A_line_without_end_is_one_problem()
    {
        var reading = MtflAnnotations.Parse($"{new string('x', 100_000)} {Points} 1 2 2 3\na.jpg {Points} 1 2 2 3\n", "training.txt", skipInvalid: true);

        Assert.Contains("characters", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
        Assert.Single(reading.Faces);
    }

    [Theory]
    [InlineData(" \n", "testing.txt has more than 10 lines, which no list of faces has.", 10)]
    [InlineData("x\n", "testing.txt has more than 5 invalid lines: it is not in the layout of MTFL, or not of these pictures. The first is line 1: 15 fields", 5)]
    [InlineData("a.jpg " + Points + " 1 2 2 3\n", "testing.txt, line 8: the file lists more than 7 faces", 7)]
    public void A_file_with_more_than_a_list_of_faces_can_have_is_refused_in_one_line(string line, string reason, int most)
    {
        var limits = new FaceLimits { Lines = 10, Problems = 5, Faces = 7 };

        var (faces, problems) = Parse(most);
        var error = Assert.Throws<CrossStitchException>(() => Parse(most + 1));

        Assert.Equal(line == " \n" ? 0 : most, faces.Count + problems.Count);
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);

        MtflReading Parse(int count)
        {
            using var text = new StringReader(string.Concat(Enumerable.Repeat(line, count)));
            return MtflAnnotations.Parse(text, "testing.txt", skipInvalid: true, limits);
        }
    }

    [Fact]
    public void A_line_may_have_its_bound_of_characters_and_no_more()
    {
        var line = $"{new string('x', 4096 - Points.Length - 9)} {Points} 1 2 2 3";
        Assert.Equal(4096, line.Length);

        Assert.Single(MtflAnnotations.Parse($"{line}\n", "training.txt").Faces);
        Assert.Equal(
            "training.txt, line 1: The line has 4097 characters; a face takes at most 4096. Correct it, or leave invalid faces out with --skip-invalid.",
            Assert.Throws<CrossStitchException>(() => MtflAnnotations.Parse($"x{line}\n", "training.txt")).Message);
    }

    [Fact]
    public void Skipped_lines_are_listed_with_their_reasons()
    {
        var reading = MtflAnnotations.Parse($"bad\ngood.jpg {Points} 1 2 2 3\na.jpg {Points} 1 2 2 9\n", "training.txt", skipInvalid: true);

        Assert.Equal(2, Assert.Single(reading.Faces).Line);
        Assert.Equal([1, 3], reading.Problems.Select(problem => problem.Line));
        Assert.Contains("pose", reading.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_shows_no_control_characters_and_stays_short()
    {
        var error = Assert.Throws<CrossStitchException>(() => MtflAnnotations.Parse($"a.jpg {Points} \u001b[2J{new string('9', 5000)} 2 2 3", "training.txt"));

        Assert.DoesNotContain('\u001b', error.Message);
        Assert.InRange(error.Message.Length, 1, 300);
    }

    [Fact]
    public void Any_text_gives_faces_or_a_clear_error() =>
        Gen.OneOf(Gen.String, NearlyValid).Sample(text =>
        {
            var skipped = MtflAnnotations.Parse(text, "training.txt", skipInvalid: true);
            try
            {
                Assert.Equal(skipped.Faces, MtflAnnotations.Parse(text, "training.txt").Faces);
                Assert.Empty(skipped.Problems);
            }
            catch (CrossStitchException error)
            {
                Assert.StartsWith($"training.txt, line {skipped.Problems[0].Line}: ", error.Message, StringComparison.Ordinal);
            }
        });

    /// <summary>Valid lines in which some characters are replaced.</summary>
    private static Gen<string> NearlyValid =>
        from lines in Gen.Int[1, 4]
        from changes in Gen.Select(Gen.Int[0, 99], Gen.OneOf(Gen.Char[" \r\n\t.-eEN\\/:0129"], Gen.Char)).Array[0, 4]
        select Replace(string.Concat(Enumerable.Repeat($" a\\b.jpg {Points} 1 2 2 3\r\n", lines)), changes);

    private static string Replace(string text, (int At, char With)[] changes)
    {
        var characters = text.ToCharArray();
        foreach (var (at, with) in changes)
        {
            characters[at % characters.Length] = with;
        }

        return new string(characters);
    }
}
