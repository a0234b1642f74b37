using CrossStitch.Faces;
using CrossStitch.Faces.Finding;
using Microsoft.ML.OnnxRuntime;

namespace OwnFinder;

/// <summary>
/// The network BlazeFace in an ONNX file: one square of colours in; 896 boxes with scores out, each told relative to the
/// centre of a cell of one of two grids: 16 × 16 cells with two boxes each, and 8 × 8 cells with six.
/// </summary>
internal sealed class BlazeFaceModel : IDisposable
{
    /// <summary>Numbers of a box: its centre and sides, and six points.</summary>
    private const int NumbersOfBox = 16;

    private static readonly (int Cells, int Boxes)[] Grids = [(16, 2), (8, 6)];

    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads that share a square.</param>
    public BlazeFaceModel(string path, int threads)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(path, options);
        _inputs = [.. _session.InputNames];
        Side = _session.InputMetadata[_inputs[0]].Dimensions[1];

        // Scores of both grids, then boxes of both.
        _outputs = [.. _session.OutputNames];
    }

    /// <summary>Pixels of the square's side.</summary>
    public int Side { get; }

    /// <summary>Looks at a square.</summary>
    /// <param name="square">Its pixels, side × side × 3.</param>
    /// <param name="minimumScore">Boxes of a lower score are left out.</param>
    /// <returns>Boxes in pixels of the square, many around each face.</returns>
    public List<FoundFace> Look(float[] square, float minimumScore)
    {
        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(square, [1, Side, Side, ColorLevel.Channels]);
        using var outputs = _session.Run(run, _inputs, [input], _outputs);
        var found = new List<FoundFace>();
        for (var grid = 0; grid < Grids.Length; grid++)
        {
            var scores = outputs[grid].GetTensorDataAsSpan<float>();
            var boxes = outputs[Grids.Length + grid].GetTensorDataAsSpan<float>();
            for (var i = 0; i < scores.Length; i++)
            {
                var score = 1 / (1 + MathF.Exp(-scores[i]));
                if (score < minimumScore)
                {
                    continue;
                }

                var (cells, perCell) = Grids[grid];
                var (x, y) = ((i / perCell % cells) + 0.5f, (i / perCell / cells) + 0.5f);
                var box = boxes.Slice(i * NumbersOfBox, 4);
                found.Add(new(new FaceBox((x * Side / cells) + box[0], (y * Side / cells) + box[1], MathF.Max(box[2], box[3]), BoxSource.Detector), score));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
