using System.Buffers;
using System.Collections.Concurrent;
using CrossStitch.Faces.Crops;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// The second look of a finder: each find is cut out of the photo anew, with its box in the middle and at the size that the
/// network is made for, and the same network says whether it is a face. What still may be one is seen a few times more, a little
/// off, larger, smaller and mirrored: of a face the network says the same each time, of a texture that looks like one it does not.
/// </summary>
internal sealed class CloserLook : IDisposable
{
    private readonly NetworkRunner _runner;
    private readonly FaceCropper _cropper;
    private readonly FinderHeads _heads;
    private readonly float _reach;
    private readonly float _leastScore;
    private readonly ConcurrentBag<NetworkOutput> _outputs = [];

    /// <summary>Prepares it.</summary>
    /// <param name="model">The network.</param>
    /// <param name="leastScore">What has a lower score with its box in the middle is not seen again.</param>
    public CloserLook(NetworkModel model, float leastScore)
    {
        _runner = new NetworkRunner(model);
        _cropper = new FaceCropper(new CropSettings(model.Shape.InputWidth, Margin: 0));
        _heads = new FinderHeads(model);
        _reach = 1 + (2 * model.Input.Crop!.Margin);
        _leastScore = leastScore;
    }

    /// <summary>Looks at candidates.</summary>
    /// <param name="photo">Gray.</param>
    /// <param name="faces">What a scan came to.</param>
    /// <param name="minimumScore">What has a lower score is left out.</param>
    /// <param name="cancellation">Stops it.</param>
    public List<Candidate> Run(PhotoPixels photo, IReadOnlyList<FoundFace> faces, float minimumScore, CancellationToken cancellation)
    {
        var kept = new List<Candidate>();
        var input = ArrayPool<float>.Shared.Rent(View.Others.Count * _runner.Model.InputLength);
        var output = _outputs.TryTake(out var free) ? free : new NetworkOutput(_runner.Model);
        try
        {
            foreach (var face in faces)
            {
                cancellation.ThrowIfCancellationRequested();
                if (See(photo, face.Box, View.Straight, input, output) is [{ } straight]
                    && straight.Score >= _leastScore
                    && ViewAgreement.Of([straight, .. See(photo, face.Box, View.Others, input, output)]) is { } agreed
                    && agreed.Score >= minimumScore)
                {
                    kept.Add(agreed);
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

    /// <summary>What the network says of some views, but of those that cannot be cut out or that it has no finite numbers for.</summary>
    private List<Candidate> See(PhotoPixels photo, FaceBox face, IReadOnlyList<View> views, float[] input, NetworkOutput output)
    {
        views = [.. views.Where(view => FaceCropper.CanCut(Input(view.Of(face))))];
        var (length, side) = (_runner.Model.InputLength, _runner.Model.Shape.InputWidth);
        for (var i = 0; i < views.Count; i++)
        {
            var pixels = input.AsSpan(i * length, length);
            _cropper.CropBox(photo, Input(views[i].Of(face)), pixels);
            for (var row = 0; views[i].Mirrored && row < length; row += side)
            {
                pixels.Slice(row, side).Reverse();
            }

            _runner.Model.Input.Normalize(pixels);
        }

        var seen = new List<Candidate>();
        if (views.Count > 0)
        {
            _runner.Run(input.AsSpan(0, views.Count * length), views.Count, output);
        }

        for (var i = 0; i < views.Count; i++)
        {
            var box = views[i].Of(face);
            if (_heads.Read(output, i, box.CenterX, box.CenterY, box.Side, Input(box), minimumScore: 0) is { } candidate)
            {
                seen.Add(views[i].Mirrored ? candidate.MirroredAt(box.CenterX) : candidate);
            }
        }

        return seen;
    }

    private FaceBox Input(FaceBox box) => box with { Side = box.Side * _reach };
}
