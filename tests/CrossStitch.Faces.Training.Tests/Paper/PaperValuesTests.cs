using System.Globalization;
using CrossStitch.Faces.Training.Paper;

namespace CrossStitch.Faces.Training.Tests.Paper;

public sealed class PaperValuesTests
{
    [Fact]
    public void Left_eye_failures_are_those_of_section_6()
    {
        Assert.Equal(0.186, PaperValues.FailureRate("single", Landmark.LeftEye));
        Assert.Equal(0.3015, PaperValues.FailureRate("split-glasses", Landmark.LeftEye));
        Assert.Equal(0.306, PaperValues.FailureRate("split-all", Landmark.LeftEye));
        Assert.Equal(0.378, PaperValues.FailureRate("cross-stitch-all", Landmark.LeftEye));
        Assert.Equal(0.250, PaperValues.FailureRate("related-cross-stitch-all", Landmark.LeftEye));
        Assert.Null(PaperValues.FailureRate("single", Landmark.Nose));
        Assert.Null(PaperValues.FailureRate("related-all", Landmark.LeftEye));
    }

    [Fact]
    public void Every_number_stands_in_the_words_it_is_quoted_from() => Assert.All(
        PaperValues.All,
        value => Assert.Contains(value.Value.ToString(CultureInfo.InvariantCulture), value.Quote));
}
