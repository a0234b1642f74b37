using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Synthetic;
using CrossStitch.Training;

namespace CrossStitch.Benchmarks.Work;

/// <summary>The faces that everything is timed on: ready in memory, so that reading and varying them costs nobody anything.</summary>
public sealed class BenchmarkFaces
{
    /// <summary>How many there are: the largest batch.</summary>
    public const int Count = 128;

    private readonly Batch _batch;

    private BenchmarkFaces(string description, FaceCropSet faces)
    {
        Description = description;
        Size = faces.Settings.Size;
        _batch = new Batch(NetworkWork.Describe("cross-stitch"), Count) { Count = Count };
        new FaceData(faces).Fill(_batch, [.. Enumerable.Range(0, Count)], augmentationSeed: null);
        Pixels = _batch.Input.ToArray();
    }

    /// <summary>What they are, for the reader of a result.</summary>
    public string Description { get; }

    /// <summary>Rows and columns of a face.</summary>
    public int Size { get; }

    /// <summary>[faces, 1, size, size], as the networks take them.</summary>
    public float[] Pixels { get; }

    /// <summary>Faces that the program draws itself.</summary>
    public static BenchmarkFaces Drawn() => new($"{Count} drawn faces", DrawnFaces.Generate(Count, seed: 1, CropSettings.Default));

    /// <summary>Faces of an archive's training split, taken at even distances.</summary>
    /// <param name="archive">The archive, in the layout of MTFL.</param>
    /// <param name="boxes">The file with detected boxes; null to derive every box from the landmarks.</param>
    /// <exception cref="CrossStitchException">The archive, the box file or a face is wrong, or there are too few faces.</exception>
    public static BenchmarkFaces Of(string archive, string? boxes)
    {
        var all = new MtflData(archive, boxes, SkipInvalid: true).LoadSplit(MtflSplit.Training).Faces;
        if (all.Count < Count)
        {
            throw new CrossStitchException($"{archive}: the training split has {all.Count} faces, and a batch takes {Count}; give an archive with more.");
        }

        var chosen = all.Subset([.. Enumerable.Range(0, Count).Select(i => (int)((long)i * all.Count / Count))]);
        var source = boxes is null ? "boxes derived from landmarks" : $"boxes of {Path.GetFileName(boxes)}";
        return new($"{Count} real face crops of {Path.GetFileName(Path.TrimEndingDirectorySeparator(archive))}, training split, {source}", chosen);
    }

    /// <summary>Writes pixels [faces, size × size], landmarks [faces, 10] and classes [faces, tasks] as raw floats, for other programs.</summary>
    /// <param name="path">Where to.</param>
    public void Save(string path)
    {
        using var file = new BinaryWriter(File.Create(path));
        var classes = Enumerable.Range(0, Count).SelectMany(face => FaceAttribute.All.Select(attribute => _batch.Label(attribute.Name, face)[0]));
        foreach (var value in Pixels.Concat(_batch.Labels(FaceTasks.Landmarks).ToArray()).Concat(classes))
        {
            file.Write(value);
        }
    }

    /// <summary>Fills a network's batch with all faces and the labels of its tasks.</summary>
    /// <param name="batch">Has room for them.</param>
    public void CopyTo(Batch batch)
    {
        Pixels.CopyTo(batch.Input);
        foreach (var task in FaceAttribute.All.Select(attribute => attribute.Name).Prepend(FaceTasks.Landmarks).Where(batch.Has))
        {
            _batch.Labels(task).CopyTo(batch.Labels(task));
        }
    }
}
