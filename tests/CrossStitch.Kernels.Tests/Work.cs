using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Tests;

/// <summary>A program with random parameters, images and gradients, and the reference that has the same.</summary>
internal sealed unsafe class Work : IFeatureLoss, IFeatureReader, IDisposable
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

            if (shape.Stitched)
            {
                fixed (float* alpha = Floats(Reference.Alphas[s]))
                {
                    _program.SetAlpha(s, alpha, perChannel: true);
                }
            }
        }
    }

    public Reference Reference { get; }

    public int Pixels { get; }

    public float[] Input { get; }

    public float[] FeatureGradients { get; }

    /// <summary>What the program predicts.</summary>
    public float[] Features()
    {
        Predict();
        return [.. _features];
    }

    public void Predict()
    {
        fixed (float* input = Input)
        {
            _program.Predict(input, _batch, this);
        }
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

    public void Learn()
    {
        fixed (float* input = Input)
        {
            _program.Learn(input, _batch, this);
        }
    }

    /// <summary>The features and all gradients of a batch that is learned.</summary>
    public float[] LearnAll()
    {
        Array.Clear(_features);
        Learn();
        return
        [
            .. _features,
            .. Gradients().SelectMany(tower => tower).SelectMany(stage => stage.Weights.Concat(stage.Bias)),
            .. from s in Enumerable.Range(0, _shape.Stitched ? _shape.Stages.Count : 0) from g in AlphaGradient(s, perChannel: true) select g,
        ];
    }

    /// <summary>Keeps the features, and hands out <see cref="FeatureGradients"/>.</summary>
    void IFeatureLoss.Run(int worker, int first, int images, float* features, float* gradients)
    {
        ((IFeatureReader)this).Read(first, images, features);
        for (var tower = 0; tower < _shape.Towers; tower++)
        {
            FeatureGradients.AsSpan(((tower * _batch) + first) * Reference.Features, images * Reference.Features).CopyTo(new Span<float>(gradients + (tower * images * Reference.Features), images * Reference.Features));
        }
    }

    void IFeatureReader.Read(int first, int images, float* features)
    {
        for (var tower = 0; tower < _shape.Towers; tower++)
        {
            new ReadOnlySpan<float>(features + (tower * images * Reference.Features), images * Reference.Features).CopyTo(_features.AsSpan(((tower * _batch) + first) * Reference.Features));
        }
    }

    public void Dispose() => _program.Dispose();

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
}
