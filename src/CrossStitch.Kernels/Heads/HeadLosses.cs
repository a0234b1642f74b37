using System.Runtime.InteropServices;

namespace CrossStitch.Kernels.Heads;

/// <summary>
/// Linear heads with their losses (eq. 2), forward and backward in one go; each loss is the mean over the examples that
/// have a label.
/// </summary>
internal sealed unsafe class HeadLosses : IFeatureLoss, IDisposable
{
    private readonly int _features;
    private readonly HeadTask[] _heads;
    private readonly int _towers;
    private readonly FloatBuffer[][] _gradients;
    private readonly double[][] _sums;
    private readonly double[] _losses;
    private readonly int[] _labelled;
    private readonly double[] _weights;
    private readonly float*[] _parameters;
    private readonly float*[] _labels;

    /// <summary>Prepares heads.</summary>
    /// <param name="features">Features of an image in each tower.</param>
    /// <param name="towers">How many towers.</param>
    /// <param name="heads">The heads.</param>
    /// <param name="workers">How many workers will run it.</param>
    public HeadLosses(int features, int towers, IReadOnlyList<HeadTask> heads, int workers)
    {
        (_features, _towers, _heads) = (features, towers, [.. heads]);
        _gradients = [.. Enumerable.Range(0, workers).Select(_ => heads.Select(head => new FloatBuffer((long)head.Outputs * (features + 1))).ToArray())];
        _sums = [.. Enumerable.Range(0, workers).Select(_ => new double[heads.Count])];
        _losses = new double[heads.Count];
        _labelled = new int[heads.Count];
        _weights = new double[heads.Count];
        _parameters = new float*[2 * heads.Count];
        _labels = new float*[heads.Count];
    }

    /// <summary>The unweighted loss of each head on the last batch, once <see cref="Collect"/> was called.</summary>
    public ReadOnlySpan<double> Losses => _losses;

    /// <summary>Begins a batch. What is pointed at must stay until <see cref="Collect"/>.</summary>
    /// <param name="batch">How many examples.</param>
    /// <param name="parameters">Weights [outputs, features] and bias [outputs] of each head.</param>
    /// <param name="labels">Of each head: [batch, label width].</param>
    /// <param name="weights">The factor of each head's loss in this batch's joint loss; empty for the heads' own.</param>
    public void Begin(int batch, float** parameters, float** labels, ReadOnlySpan<double> weights = default)
    {
        for (var h = 0; h < _heads.Length; h++)
        {
            _weights[h] = weights.IsEmpty ? _heads[h].Weight : weights[h];
        }

        for (var h = 0; h < _heads.Length; h++)
        {
            _parameters[2 * h] = parameters[2 * h];
            _parameters[(2 * h) + 1] = parameters[(2 * h) + 1];
            _labels[h] = labels[h];
            _labelled[h] = 0;
            for (var i = 0; i < batch; i++)
            {
                _labelled[h] += _heads[h].Loss.HasLabel(LabelOf(h, i)) ? 1 : 0;
            }

            foreach (var worker in _gradients)
            {
                worker[h].Clear(worker[h].Length);
            }
        }

        foreach (var sums in _sums)
        {
            Array.Clear(sums);
        }
    }

    /// <inheritdoc/>
    public void Run(int worker, int first, int images, float* features, float* gradients)
    {
        NativeMemory.Clear(gradients, (nuint)_towers * (nuint)images * (nuint)_features * sizeof(float));
        var most = 0;
        foreach (var head in _heads)
        {
            most = Math.Max(most, head.Outputs);
        }

        var outputs = stackalloc float[images * most];
        var slope = stackalloc float[most];
        for (var h = 0; h < _heads.Length; h++)
        {
            var head = _heads[h];
            var weights = _parameters[2 * h];
            var gradient = _gradients[worker][h].Pointer;
            var tower = (nint)head.Tower * images * _features;
            HeadKernel.Run(images, _features, head.Outputs, features + tower, weights, _parameters[(2 * h) + 1], outputs);
            for (var i = 0; i < images; i++)
            {
                _sums[worker][h] += Loss(h, first + i, outputs + (i * head.Outputs), slope);
            }

            HeadKernel.Backward(
                images, _features, head.Outputs, features + tower, weights, outputs, gradients + tower, gradient, gradient + ((nint)head.Outputs * _features));
        }
    }

    /// <summary>Ends a batch: adds up what the workers have.</summary>
    /// <param name="gradients">Receives the joint loss's gradients, as <see cref="Begin"/> takes parameters.</param>
    public void Collect(float** gradients)
    {
        for (var h = 0; h < _heads.Length; h++)
        {
            var count = _heads[h].Outputs * _features;
            _losses[h] = 0;
            for (var worker = 0; worker < _gradients.Length; worker++)
            {
                _losses[h] += _sums[worker][h];
                Take(_gradients[worker][h].Pointer, gradients[2 * h], count, add: worker > 0);
                Take(_gradients[worker][h].Pointer + count, gradients[(2 * h) + 1], _heads[h].Outputs, add: worker > 0);
            }

            _losses[h] /= Math.Max(1, _labelled[h]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _gradients.SelectMany(worker => worker))
        {
            buffer.Dispose();
        }
    }

    private static void Take(float* from, float* to, int count, bool add)
    {
        for (var i = 0; i < count; i++)
        {
            to[i] = add ? to[i] + from[i] : from[i];
        }
    }

    private ReadOnlySpan<float> LabelOf(int h, int example)
    {
        var width = _heads[h].LabelWidth;
        return new ReadOnlySpan<float>(_labels[h] + ((nint)example * width), width);
    }

    /// <summary>An example's part of a head's loss, times N; the outputs become the joint loss's gradient by them.</summary>
    private double Loss(int h, int example, float* outputs, float* slope)
    {
        var head = _heads[h];
        var output = new Span<float>(outputs, head.Outputs);
        var gradient = new Span<float>(slope, head.Outputs);
        if (!head.Loss.HasLabel(LabelOf(h, example)))
        {
            output.Clear();
            return 0;
        }

        var loss = head.Loss.Loss(output, LabelOf(h, example), gradient);
        var scale = (float)(_weights[h] / Math.Max(1, _labelled[h]));
        for (var o = 0; o < output.Length; o++)
        {
            output[o] = scale * gradient[o];
        }

        return loss;
    }
}
