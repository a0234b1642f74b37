using System.Buffers;
using System.Collections.Concurrent;
using CrossStitch.Faces.Crops;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// The second look of a finder: each find is cut out of the photo anew, with its box in the middle and at the size that the
/// network is made for, and the same network says whether it is a face, and where exactly. In the first look a face may be half
/// a stride and half a level off.
/// </summary>
internal sealed class SecondLook : IDisposable
{
    /// <summary>The most candidates that go through the network together.</summary>
    private const int MostBatch = 32;

    private readonly NetworkRunner _runner;
    private readonly FaceCropper _cropper;
    private readonly FinderHeads _heads;
    private readonly float _reach;
    private readonly ConcurrentBag<NetworkOutput> _outputs = [];

    /// <summary>Prepares it.</summary>
    /// <param name="model">The network.</param>
    public SecondLook(NetworkModel model)
    {
        _runner = new NetworkRunner(model);
        _cropper = new FaceCropper(new CropSettings(model.Shape.InputWidth, Margin: 0));
        _heads = new FinderHeads(model);
        _reach = 1 + (2 * model.Input.Crop!.Margin);
    }

    /// <summary>Looks at candidates.</summary>
    /// <param name="photo">Gray.</param>
    /// <param name="faces">What a scan came to.</param>
    /// <param name="minimumScore">What has a lower score is left out.</param>
    /// <param name="cancellation">Stops it.</param>
    public List<Candidate> Run(PhotoPixels photo, IReadOnlyList<FoundFace> faces, float minimumScore, CancellationToken cancellation)
    {
        var kept = new List<Candidate>();
        faces = [.. faces.Where(face => FaceCropper.CanCut(Input(face.Box)))];
        var length = _runner.Model.InputLength;
        var input = ArrayPool<float>.Shared.Rent(MostBatch * length);
        var output = _outputs.TryTake(out var free) ? free : new NetworkOutput(_runner.Model);
        try
        {
            for (var first = 0; first < faces.Count; first += MostBatch)
            {
                cancellation.ThrowIfCancellationRequested();
                var some = Math.Min(MostBatch, faces.Count - first);
                for (var i = 0; i < some; i++)
                {
                    var pixels = input.AsSpan(i * length, length);
                    _cropper.CropBox(photo, Input(faces[first + i].Box), pixels);
                    _runner.Model.Input.Normalize(pixels);
                }

                _runner.Run(input.AsSpan(0, some * length), some, output);
                for (var i = 0; i < some; i++)
                {
                    var box = faces[first + i].Box;
                    if (_heads.Read(output, i, box.CenterX, box.CenterY, box.Side, Input(box), minimumScore) is { } candidate)
                    {
                        kept.Add(candidate);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input);
            _outputs.Add(output);
        }

        return kept;
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    private FaceBox Input(FaceBox box) => box with { Side = box.Side * _reach };
}
