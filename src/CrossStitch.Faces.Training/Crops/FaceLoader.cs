using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>
/// Reads and crops all faces of a split, on all cores, or takes them from the cache. The result depends on the archive,
/// the boxes and the settings alone: not on the threads, nor on whether it was cached.
/// </summary>
public static class FaceLoader
{
    /// <summary>Loads a split.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="split">The split.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">
    /// The archive lacks the split; a face is invalid and such are not to be skipped (the first one of the file is
    /// reported); or no face is left.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static LoadedFaces Load(
        MtflArchive archive,
        MtflSplit split,
        FaceLoadOptions? options = null,
        IProgress<LoadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new FaceLoadOptions();
        var cache = options.CacheFolder is null ? null : CropCache.OfSplit(options.CacheFolder, archive, split, options);
        if (cache?.Read() is { } cached)
        {
            progress?.Report(new(cached.Faces.Count, cached.Faces.Count));
            return cached;
        }

        var loaded = Crop(archive, split, options, progress, cancellation);
        cache?.Write(loaded);
        return loaded;
    }

    /// <summary>Cuts faces out of their pictures again, in frames of their own, or takes them from the cache.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="split">The split that the faces are of.</param>
    /// <param name="faces">The faces, as they were loaded.</param>
    /// <param name="frames">A frame a face.</param>
    /// <param name="size">Pixels across a frame.</param>
    /// <param name="cacheFolder">Where to cache; null for no cache.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">A picture cannot be read, or they do not fit into memory.</exception>
    internal static FaceCropSet LookAgain(
        MtflArchive archive, MtflSplit split, FaceCropSet faces, FaceFrame[] frames, int size, string? cacheFolder, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var settings = CropSettings.Aligned(size);
        var cache = cacheFolder is null ? null : CropCache.OfFrames(cacheFolder, archive, split, faces, frames, settings);
        var seen = cache?.Read()?.Faces;
        if (seen?.Count != faces.Count)
        {
            var (cropper, length) = (new FaceCropper(settings), settings.PatchSize * settings.PatchSize);
            var patches = FaceMemory.Allocate(faces.Count, settings);

            // Their landmarks were checked when they were loaded; to the box and back, one on the picture's edge may round beyond it.
            var annotated = faces.Faces.Select(face => new AnnotatedFace(face.ImagePath, face.Landmarks.Map(_ => default), face.Attributes)).ToList();
            FaceImages.ForEach(
                archive, split, annotated, skipInvalid: false, (index, image, _) => cropper.Crop(image, frames[index].Upright, patches.AsSpan(index * length, length)), progress, cancellation);
            seen = new FaceCropSet(settings, [.. faces.Faces], patches);
            cache?.Write(new LoadedFaces(seen, new BoxCounts(0, 0, 0), [], FromCache: false));
        }

        return seen.With([.. faces.Faces.Select((face, i) => face with { Frame = frames[i] })]);
    }

    private static LoadedFaces Crop(
        MtflArchive archive, MtflSplit split, FaceLoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var cropper = new FaceCropper(options.Settings);
        var reading = archive.Read(split, options.SkipInvalid);
        var patchLength = options.Settings.PatchSize * options.Settings.PatchSize;
        var patches = FaceMemory.Allocate(reading.Faces.Count, options.Settings);
        var resolver = new BoxResolver(options.Boxes);
        var boxes = reading.Faces.Select(resolver.Resolve).ToArray();
        var pictures = new ulong[boxes.Length];
        var problems = FaceImages.ForEach(archive, split, reading.Faces, options.SkipInvalid, CropOne, progress, cancellation);
        return Gather(reading, options.Settings, boxes, pictures, problems, patches, $"{archive.Path}: {MtflArchive.AnnotationFile(split)}");

        void CropOne(int index, GrayImage image, ulong hash)
        {
            cropper.Crop(image, boxes[index].Box, patches.AsSpan(index * patchLength, patchLength));
            pictures[index] = hash;
        }
    }

    private static LoadedFaces Gather(
        MtflReading reading, CropSettings settings, ResolvedBox[] boxes, ulong[] pictures, FaceProblem?[] problems, byte[] patches, string source)
    {
        var kept = Enumerable.Range(0, problems.Length).Where(i => problems[i] is null).ToArray();
        if (kept.Length == 0)
        {
            var invalid = reading.Problems.Count + problems.Length;
            throw new CrossStitchException(invalid == 0 ? $"{source} lists no face." : $"{source} has no usable face; {invalid} are invalid.");
        }

        var faces = reading.Faces
            .Select((face, i) => new FaceCrop(face.ImagePath, boxes[i].Box, face.Landmarks.Map(boxes[i].Box.ToBox), face.Attributes) { Picture = pictures[i] })
            .ToArray();
        var all = new FaceCropSet(settings, faces, patches);
        var detected = kept.Count(i => boxes[i].Box.Source == BoxSource.Detector);
        return new LoadedFaces(
            kept.Length == faces.Length ? all : all.Subset(kept),
            new BoxCounts(detected, kept.Length - detected, kept.Count(i => boxes[i].Mismatched)),
            [.. reading.Problems.Concat(problems.OfType<FaceProblem>()).OrderBy(problem => problem.Line)],
            FromCache: false);
    }
}
