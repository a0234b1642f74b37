using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Tests;

/// <summary>A program with random parameters, images and gradients, and the reference that has the same.</summary>
internal sealed unsafe class Work : IFeatureLoss, IDisposable
{
    private readonly KernelShape _shape;
    private readonly int _batch;
    private readonly TowerProgram _program;
    private readonly float[] _features;

    public Work(KernelShape shape, int batch, int threads, int seed, VectorWidth? width = null)
    {
        (_shape, _batch) = (shape, batch);
        var random = new Random(seed);
        Reference = new Reference(shape, random);
        _program = new TowerProgram(shape, threads, width ?? VectorWidths.Widest);
        Pixels = shape.InputChannels * shape.InputHeight * shape.InputWidth;
        Input = Draw(random, batch * Pixels);
        FeatureGradients = Draw(random, shape.Towers * batch * Reference.Features);
        _features = new float[FeatureGradients.Length];
        for (var s = 0; s < shape.Stages.Count; s++)
        {
            for (var t = 0; t < shape.Towers; t++)
            {
                fixed (float* weights = Floats(Reference.Weights[t][s]), bias = Floats(Reference.Biases[t][s]))
                {
                    _program.SetParameters(t, s, weights, bias);
                }
            }

            fixed (float* alpha = Floats(Reference.Alphas[s]))
            {
                _program.SetAlpha(s, alpha, perChannel: true);
            }
        }
    }

    public Reference Reference { get; }

    public int Pixels { get; }

    public float[] Input { get; }

    public float[] FeatureGradients { get; }

    public float[] Features(bool keep)
    {
        Forward(keep);
        return [.. _features];
    }

    public void Backward()
    {
        fixed (float* gradients = FeatureGradients)
        {
            _program.Backward(gradients);
        }
    }

    public void Step()
    {
        Forward(keep: true);
        Backward();
    }

    /// <summary>Gradients of all stages of all towers.</summary>
    public (float[] Weights, float[] Bias)[][] Gradients()
    {
        (float[] Weights, float[] Bias)[][] gradients =
            [.. Reference.Weights.Zip(Reference.Biases, (weights, biases) => weights.Zip(biases, (w, b) => (new float[w.Length], new float[b.Length])).ToArray())];
        using var pins = new Pins();
        var arrays = gradients.SelectMany(tower => tower).SelectMany(stage => new[] { stage.Weights, stage.Bias }).ToList();
        var pointers = stackalloc float*[arrays.Count];
        for (var i = 0; i < arrays.Count; i++)
        {
            pointers[i] = (float*)pins.Pin(arrays[i]);
        }

        _program.GetGradients(pointers);
        return gradients;
    }

    public float[] AlphaGradient(int stage, bool perChannel)
    {
        var alpha = new float[_shape.Towers * _shape.Towers * (perChannel ? _shape.Stages[stage].Channels : 1)];
        fixed (float* a = alpha)
        {
            _program.GetAlphaGradient(stage, a, perChannel);
        }

        return alpha;
    }

    public float[] RunAll()
    {
        Step();
        return All();
    }

    public void Learn()
    {
        fixed (float* input = Input)
        {
            _program.Learn(input, _batch, this);
        }
    }

    public float[] LearnAll()
    {
        Array.Clear(_features);
        Learn();
        return All();
    }

    /// <summary>Keeps the features, and hands out <see cref="FeatureGradients"/>.</summary>
    void IFeatureLoss.Run(int worker, int first, int images, float* features, float* gradients)
    {
        for (var tower = 0; tower < _shape.Towers; tower++)
        {
            var (chunk, batch) = (tower * images * Reference.Features, ((tower * _batch) + first) * Reference.Features);
            new ReadOnlySpan<float>(features + chunk, images * Reference.Features).CopyTo(_features.AsSpan(batch));
            FeatureGradients.AsSpan(batch, images * Reference.Features).CopyTo(new Span<float>(gradients + chunk, images * Reference.Features));
        }
    }

    public void Dispose() => _program.Dispose();

    private float[] All() =>
        [
            .. _features,
            .. Gradients().SelectMany(tower => tower).SelectMany(stage => stage.Weights.Concat(stage.Bias)),
            .. from s in Enumerable.Range(0, _shape.Stages.Count) from g in AlphaGradient(s, perChannel: true) select g,
        ];

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];

    private void Forward(bool keep)
    {
        fixed (float* input = Input, features = _features)
        {
            _program.Forward(input, _batch, features, keep);
        }
    }
}
