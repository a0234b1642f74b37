using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>
/// Faces that the program draws itself, with landmarks and attributes known exactly. A face depends on nothing but the
/// seed and its number, so a larger set begins with the smaller one. On one platform the same face is the same bytes;
/// between platforms sines and exponentials may differ in their last bit, and with them a gray level here and there.
/// </summary>
public static class DrawnFaces
{
    /// <summary>
    /// Goes up whenever a face of the same seed and number comes out different, in a pixel or a label, so that no cached
    /// face of the older drawing is taken for one of the newer. A test holds a hash of some faces and says when that is.
    /// </summary>
    internal const int Drawing = 2;

    /// <summary>Draws one face.</summary>
    /// <param name="seed">The seed of the set.</param>
    /// <param name="index">The face's number in it, from 0.</param>
    public static DrawnFace Draw(long seed, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return FaceStudio.Shoot(seed, index);
    }

    /// <summary>Draws faces 0 to <paramref name="count"/> − 1 of a seed and crops them, on all cores.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="settings">How to crop them.</param>
    /// <param name="progress">Receives how many are done, now and then.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    /// <exception cref="CrossStitchException">They are more than fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped.</exception>
    public static FaceCropSet Generate(
        int count, long seed, CropSettings settings, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var cropper = new FaceCropper(settings);
        var length = settings.PatchSize * settings.PatchSize;
        var patches = FaceMemory.Allocate(count, settings);
        var faces = new FaceCrop[count];
        var done = 0;
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, index =>
        {
            var (jpeg, face, box) = Draw(seed, index);
            var picture = PhotoDecoder.Decode(jpeg.ToArray(), face.ImagePath);
            cropper.Crop(picture, box, patches.AsSpan(index * length, length));
            faces[index] = new FaceCrop(face.ImagePath, box, face.Landmarks.Map(box.ToBox), face.Attributes) { Picture = picture.ContentHash };
            var finished = Interlocked.Increment(ref done);
            if (finished % 50 == 0 || finished == count)
            {
                progress?.Report(new(finished, count));
            }
        });

        return new FaceCropSet(settings, faces, patches);
    }

    /// <summary>The same faces as <see cref="Generate"/> draws, from the cache where it holds them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="settings">How to crop them.</param>
    /// <param name="cacheFolder">Where crops are cached, as in <see cref="FaceLoadOptions.CacheFolder"/>; null for no cache.</param>
    /// <param name="progress">Receives how many are done, now and then.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    /// <exception cref="CrossStitchException">They are more than fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped.</exception>
    public static FaceCropSet Load(
        int count, long seed, CropSettings settings, string? cacheFolder, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        FaceMemory.Check(count, settings);
        var cache = cacheFolder is null ? null : CropCache.OfDrawn(cacheFolder, count, seed, Drawing, settings);
        if (cache?.Read() is { } cached)
        {
            progress?.Report(new(count, count));
            return cached.Faces;
        }

        var drawn = Generate(count, seed, settings, progress, cancellationToken);
        cache?.Write(new LoadedFaces(drawn, new BoxCounts(0, 0, 0), [], FromCache: false));
        return drawn;
    }
}
