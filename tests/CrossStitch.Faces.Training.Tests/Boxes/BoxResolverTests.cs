using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Tests.Boxes;

public class BoxResolverTests
{
    private static readonly AnnotatedFace Face = new("a.jpg", TinyArchive.Landmarks, FaceAttributes.Of());

    [Fact]
    public void Without_a_box_file_every_face_gets_its_reference_box()
    {
        Assert.Equal(new ResolvedBox(ReferenceBox.Around(Face.Landmarks), Mismatched: false), new BoxResolver().Resolve(Face));
    }

    [Fact]
    public void A_face_that_the_detector_missed_gets_its_reference_box()
    {
        var resolved = Resolve("b.jpg,0,0,100,100,1");

        Assert.Equal(BoxSource.Reference, resolved.Box.Source);
        Assert.False(resolved.Mismatched);
    }

    [Fact]
    public void A_detected_box_around_the_landmarks_is_used()
    {
        Assert.Equal(new ResolvedBox(new FaceBox(50, 50, 60, BoxSource.Detector), Mismatched: false), Resolve("a.jpg,25,20,75,80,1"));
    }

    [Theory]
    [InlineData(41, BoxSource.Detector)]
    [InlineData(41.9, BoxSource.Detector)]
    [InlineData(42.1, BoxSource.Reference)]
    [InlineData(60, BoxSource.Reference)]
    public void A_landmark_may_lie_outside_by_the_slack_alone(double left, BoxSource source)
    {
        // The box is 40 wide, so the slack is 2 pixels; the leftmost landmark is at 40.
        var resolved = Resolve(FormattableString.Invariant($"a.jpg,{left},35,{left + 40},75,1"));

        Assert.Equal(source, resolved.Box.Source);
        Assert.Equal(source == BoxSource.Reference, resolved.Mismatched);
    }

    [Fact]
    public void Of_several_boxes_the_surest_one_around_the_landmarks_is_used()
    {
        var resolved = Resolve("a.jpg,20,20,80,80,0.7\na.jpg,25,20,75,70,0.9\na.jpg,500,20,560,80,1");

        Assert.Equal(new FaceBox(50, 45, 50, BoxSource.Detector), resolved.Box);
    }

    [Fact]
    public void The_boxes_of_a_picture_are_ranked_once_not_for_each_of_its_faces()
    {
        var lines = Enumerable.Range(0, 5000).Select(i => FormattableString.Invariant($"a.jpg,{i + 100},20,{i + 160},80,{i}"));
        var resolver = new BoxResolver(BoxFile.Parse($"image,x1,y1,x2,y2,score\n{string.Join('\n', lines)}", "boxes.csv"));
        resolver.Resolve(Face);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var face = 0; face < 1000; face++)
        {
            resolver.Resolve(Face);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static ResolvedBox Resolve(string lines) =>
        new BoxResolver(BoxFile.Parse($"image,x1,y1,x2,y2,score\n{lines}", "boxes.csv")).Resolve(Face);
}
