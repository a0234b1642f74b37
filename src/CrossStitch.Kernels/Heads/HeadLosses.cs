using System.Runtime.InteropServices;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Kernels.Heads;

/// <summary>
/// Linear heads with their losses (eq. 2), forward and backward in one go: <c>1/N Σ ‖y − f(x)‖²</c> of numbers, and the
/// mean cross-entropy of classes, each over the N examples that have a label.
/// </summary>
public sealed unsafe class HeadLosses : IFeatureLoss, IDisposable
{
    private readonly int _features;
    private readonly HeadTask[] _heads;
    private readonly int _towers;
    private readonly FloatBuffer[][] _gradients;
    private readonly double[][] _sums;
    private readonly double[] _losses;
    private readonly int[] _labelled;
    private readonly float*[] _parameters;
    private readonly void*[] _targets;

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
        _parameters = new float*[2 * heads.Count];
        _targets = new void*[heads.Count];
    }

    /// <summary>The unweighted loss of each head on the last batch, once <see cref="Collect"/> was called.</summary>
    public ReadOnlySpan<double> Losses => _losses;

    /// <summary>Begins a batch. What is pointed at must stay until <see cref="Collect"/>.</summary>
    /// <param name="batch">How many examples.</param>
    /// <param name="parameters">Weights [outputs, features] and bias [outputs] of each head.</param>
    /// <param name="targets">
    /// Of each head: float [batch, outputs], where a row that is not all finite has no label; or 64-bit integers [batch],
    /// each a class of its head, or −1 where there is no label.
    /// </param>
    public void Begin(int batch, float** parameters, void** targets)
    {
        for (var h = 0; h < _heads.Length; h++)
        {
            _parameters[2 * h] = parameters[2 * h];
            _parameters[(2 * h) + 1] = parameters[(2 * h) + 1];
            _targets[h] = targets[h];
            _labelled[h] = 0;
            for (var i = 0; i < batch; i++)
            {
                _labelled[h] += IsLabelled(h, i) ? 1 : 0;
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
        for (var h = 0; h < _heads.Length; h++)
        {
            var head = _heads[h];
            var weights = _parameters[2 * h];
            var gradient = _gradients[worker][h].Pointer;
            var tower = (nint)head.Tower * images * _features;
            HeadKernel.Run(images, _features, head.Outputs, features + tower, weights, _parameters[(2 * h) + 1], outputs);
            for (var i = 0; i < images; i++)
            {
                _sums[worker][h] += Loss(h, first + i, outputs + (i * head.Outputs));
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

    private bool IsLabelled(int h, int example)
    {
        var outputs = _heads[h].Outputs;
        if (_heads[h].Kind == HeadKind.Regression)
        {
            var numbers = (float*)_targets[h] + ((nint)example * outputs);
            for (var o = 0; o < outputs; o++)
            {
                if (!float.IsFinite(numbers[o]))
                {
                    return false;
                }
            }

            return true;
        }

        return ((long*)_targets[h])[example] >= 0;
    }

    /// <summary>An example's part of a head's loss, times N; the outputs become the joint loss's gradient by them.</summary>
    private double Loss(int h, int example, float* outputs)
    {
        var count = _heads[h].Outputs;
        var scale = _heads[h].Weight / Math.Max(1, _labelled[h]);
        var labelled = IsLabelled(h, example);
        if (_heads[h].Kind == HeadKind.Regression)
        {
            return SquaredError(outputs, labelled ? (float*)_targets[h] + ((nint)example * count) : outputs, count, scale);
        }

        if (labelled)
        {
            return CrossEntropy(outputs, ((long*)_targets[h])[example], count, scale);
        }

        new Span<float>(outputs, count).Clear();
        return 0;
    }

    private static double SquaredError(float* outputs, float* target, int count, double scale)
    {
        var sum = 0.0;
        for (var o = 0; o < count; o++)
        {
            // With itself for a target an output is right, unless it is no number.
            var error = (double)outputs[o] - target[o];
            sum += error * error;
            outputs[o] = (float)(2 * scale * error);
        }

        return sum;
    }

    private static double CrossEntropy(float* logits, long label, int count, double scale)
    {
        var largest = logits[0];
        for (var o = 1; o < count; o++)
        {
            largest = Math.Max(largest, logits[o]);
        }

        var sum = 0.0;
        for (var o = 0; o < count; o++)
        {
            sum += Math.Exp((double)logits[o] - largest);
        }

        var normalizer = largest + Math.Log(sum);
        var loss = normalizer - logits[label];
        for (var o = 0; o < count; o++)
        {
            var probability = Math.Exp(logits[o] - normalizer);
            logits[o] = (float)(scale * (probability - (o == label ? 1 : 0)));
        }

        return loss;
    }
}
