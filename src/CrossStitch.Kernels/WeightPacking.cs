namespace CrossStitch.Kernels;

/// <summary>
/// Between the layout of parameters, [out, in, row, column], and the two that the kernels read: forward
/// [block of 16 channels, row, run, 16], where the innermost loop walks straight on; backward [channel, groups], where
/// a row lies as its patch does.
/// </summary>
internal sealed unsafe class WeightPacking
{
    private readonly int[] _forward;
    private readonly int[] _backward;

    /// <summary>Works out where every weight goes, once.</summary>
    /// <param name="geometry">The stage.</param>
    public WeightPacking(StageGeometry geometry)
    {
        var (stage, inputs) = (geometry.Stage, geometry.InputChannels);
        var patch = stage.KernelHeight * geometry.Run;
        var group = 8 * geometry.Vectors;
        var rowInGroups = (geometry.Run + group - 1) / group * group;
        _forward = new int[stage.Channels * inputs * stage.KernelHeight * stage.KernelWidth];
        _backward = new int[_forward.Length];
        for (var i = 0; i < _forward.Length; i++)
        {
            var x = i % stage.KernelWidth;
            var y = i / stage.KernelWidth % stage.KernelHeight;
            var c = i / stage.KernelWidth / stage.KernelHeight % inputs;
            var o = i / stage.KernelWidth / stage.KernelHeight / inputs;
            var inRun = (x * geometry.InputStride) + c;
            _forward[i] = (((o / StageGeometry.Block * patch) + (y * geometry.Run) + inRun) * StageGeometry.Block) + (o % StageGeometry.Block);
            _backward[i] = (o * geometry.WeightRow) + (y * rowInGroups) + inRun;
        }
    }

    /// <summary>How many weights the stage has.</summary>
    public int Count => _forward.Length;

    /// <summary>Packs weights both ways.</summary>
    /// <param name="weights">[out, in, row, column].</param>
    /// <param name="forward">Receives channels × rows × run floats.</param>
    /// <param name="backward">Receives channels × weight row floats.</param>
    public void Pack(float* weights, float* forward, float* backward)
    {
        for (var i = 0; i < _forward.Length; i++)
        {
            forward[_forward[i]] = weights[i];
            backward[_backward[i]] = weights[i];
        }
    }

    /// <summary>Puts gradients in the backward layout back into the layout of parameters.</summary>
    /// <param name="gradient">[channels, weight row].</param>
    /// <param name="weights">Receives [out, in, row, column].</param>
    public void Unpack(float* gradient, float* weights)
    {
        for (var i = 0; i < _backward.Length; i++)
        {
            weights[i] = gradient[_backward[i]];
        }
    }
}
