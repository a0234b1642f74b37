using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Tests.Annotations;

public class ArchiveInspectionTests
{
    [Fact]
    public void Counts_balance_statistics_and_problems_are_reported()
    {
        using var tiny = new TinyArchive()
            .Add("training.txt", TinyArchive.Line("1.jpg", "1 1 2 3") + TinyArchive.Line("2.jpg", "2 1 1 5") + "nonsense\n" + TinyArchive.Line("3.jpg") + TinyArchive.Line("gone.jpg"))
            .Add("testing.txt", "nonsense\n")
            .Add("1.jpg", TinyArchive.Jpeg())
            .Add("2.jpg", TinyArchive.Jpeg(size: 120))
            .Add("3.jpg", "no picture");
        using var archive = MtflArchive.Open(tiny.Folder);

        var inspection = ArchiveInspection.Of(archive, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([MtflSplit.Training, MtflSplit.Testing], inspection.Splits.Select(split => split.Split));
        var training = inspection.Splits[0];
        Assert.Equal(2, training.Valid);
        Assert.Equal([3, 4, 5], training.Problems.Select(problem => problem.Line));
        Assert.Equal(FaceAttribute.All, training.Attributes.Select(counts => counts.Attribute));
        Assert.Equal([[0, 0, 1, 0, 1], [1, 1], [1, 1], [0, 2]], training.Attributes.Select(counts => counts.Faces));
        Assert.Equal([new(100, 100, 1), new(120, 120, 1)], training.ImageSizes);
        Assert.Equal(20, training.InterOcularDistance!.Median, 1e-6);
        Assert.Equal(5, training.Landmarks.Count);
        Assert.InRange(training.Landmarks[0].MeanX, 0.2, 0.5);
        Assert.Equal(0, training.Landmarks[0].DeviationX, 1e-6);
        var testing = inspection.Splits[1];
        Assert.Equal(0, testing.Valid);
        Assert.Null(testing.InterOcularDistance);
        Assert.Empty(testing.Landmarks);
        Assert.Single(testing.Problems);
    }

    [Fact]
    public void Quantiles_lie_between_the_values()
    {
        Assert.Equal(new Quantiles(0, 0.2, 1, 2, 3, 3.8, 4), Quantiles.Of([4, 0, 3, 1, 2]));
        Assert.Equal(new Quantiles(7, 7, 7, 7, 7, 7, 7), Quantiles.Of([7]));
    }
}
