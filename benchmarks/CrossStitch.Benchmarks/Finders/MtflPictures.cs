using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>Pictures of an archive in the layout of MTFL, with the boxes of an independent detector's file.</summary>
/// <param name="archive">The archive.</param>
/// <param name="boxes">The boxes.</param>
internal sealed class MtflPictures(MtflArchive archive, BoxFile boxes)
{
    /// <summary>The pictures of a split whose annotated face has a detector's box that contains its landmarks.</summary>
    /// <param name="split">The split.</param>
    /// <param name="every">Of so many pictures one is taken.</param>
    public IEnumerable<FinderPicture> Of(MtflSplit split, int every = 1)
    {
        var resolver = new BoxResolver(boxes);
        var known = archive.Read(split, skipInvalid: true).Faces
            .Select(face => (Face: face, resolver.Resolve(face).Box))
            .Where(pair => pair.Box.Source == Faces.BoxSource.Detector)
            .ToList();
        for (var i = 0; i < known.Count; i += every)
        {
            var (face, box) = known[i];
            var pose = FaceAttribute.Pose.Classes[face.Attributes[FaceAttribute.Pose]];
            yield return FinderPicture.Decode(archive.ReadImage(face), face.ImagePath, [new ExpectedFace(box, Pose: pose)]);
        }
    }
}
