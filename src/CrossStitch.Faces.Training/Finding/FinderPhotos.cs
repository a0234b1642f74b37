using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>Reads the photos of an archive for a finder.</summary>
internal static class FinderPhotos
{
    /// <summary>Pixels of a photo, at most: larger ones are shrunk, so that ten thousand take half a gigabyte.</summary>
    private const int MostPixels = 224 * 224;

    /// <summary>Reads a split.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="split">The split.</param>
    /// <param name="boxes">The detector's boxes; null to derive every box from the landmarks.</param>
    /// <param name="skipInvalid">Whether faces with an error are left out rather than refused.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A photo an annotated face, in the order of the annotations.</returns>
    /// <exception cref="CrossStitchException">The archive lacks the split, or a face is invalid and such are not to be skipped.</exception>
    public static List<FinderPhoto> Load(MtflArchive archive, MtflSplit split, BoxFile? boxes, bool skipInvalid, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var faces = archive.Read(split, skipInvalid).Faces;
        var resolver = new BoxResolver(boxes);
        var photos = new FinderPhoto?[faces.Count];
        FaceImages.ForEach(archive, split, faces, skipInvalid, Add, progress, cancellation);
        return [.. photos.Where(photo => photo is not null).Select(photo => photo!)];

        void Add(int index, GrayImage image, ulong hash)
        {
            var face = faces[index];
            var box = resolver.Resolve(face).Box;
            List<FaceBox> others = [.. (boxes?[face.ImagePath] ?? []).Select(found => found.ToFaceBox()).Where(other => BoxOverlap.Of(other, box) < 0.5f)];
            var scale = MathF.Max(1, MathF.Sqrt((float)image.Width * image.Height / MostPixels));
            var level = LevelScaler.Scale(image.Pixels, scale);
            var pixels = level.Pixels.AsSpan(0, level.Width * level.Height).ToArray();
            System.Buffers.ArrayPool<byte>.Shared.Return(level.Pixels);
            photos[index] = new FinderPhoto(
                face.ImagePath,
                new GrayImage(level.Width, level.Height, pixels),
                Scaled(box),
                face.Landmarks.Map(point => new(point.X / scale, point.Y / scale)),
                Math.Abs(face.Attributes[FaceAttribute.Pose] - (FaceAttribute.Pose.Classes.Count / 2)),
                [.. others.Select(Scaled)]);

            FaceBox Scaled(FaceBox whole) => whole with { CenterX = whole.CenterX / scale, CenterY = whole.CenterY / scale, Side = whole.Side / scale };
        }
    }
}
