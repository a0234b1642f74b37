using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels;

/// <summary>
/// Towers with or without cross-stitch units, forward and backward, some images at a time so that activations stay in
/// cache, and part of the batch by part on several threads. Sums run in a fixed order: the same parameters, images and
/// thread count give the same bits. After its first batch it allocates nothing; what predictions and what learning need is
/// made when they are first asked for.
/// </summary>
/// <remarks>Parameters and gradients have TorchSharp's layouts: [out, in, row, column], [out], [tower, tower, channel].</remarks>
internal sealed unsafe class TowerProgram : IDisposable
{
    private readonly KernelShape _shape;
    private readonly VectorWidth _width;
    private readonly StageKernels _kernels;
    private readonly StageGeometry[] _stages;
    private readonly ProgramParameters _parameters;
    private readonly ParameterExchange _exchange;
    private readonly WorkerTeam _team;
    private readonly TowerPasses _passes;
    private readonly Action<int> _learn;
    private InferenceProgram? _inference;
    private ForwardMemory[] _forward = [];
    private BackwardMemory[] _backward = [];
    private IFeatureLoss? _loss;
    private float* _input;
    private int _batch;

    /// <summary>Prepares a program.</summary>
    /// <param name="shape">What it computes.</param>
    /// <param name="threads">How many threads it uses, at least one.</param>
    /// <exception cref="OverflowException">A stage is larger than its places can be counted.</exception>
    public TowerProgram(KernelShape shape, int threads)
        : this(shape, threads, VectorWidths.Widest)
    {
    }

    internal TowerProgram(KernelShape shape, int threads, VectorWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (_shape, _width) = (shape, width);
        _kernels = StageKernels.For(width);
        _stages = StageGeometry.Of(shape, width);
        _parameters = new ProgramParameters(shape, _stages, _kernels, backward: true);
        _parameters.Allocate();
        _passes = new TowerPasses(shape, _stages, _kernels, _parameters);
        _team = new WorkerTeam(threads);
        _exchange = new ParameterExchange(_stages, _parameters, _team);
        _learn = LearnPart;
    }

    /// <summary>The program's threads, for what else there is to do between its calls.</summary>
    public WorkerTeam Team => _team;

    /// <summary>Numbers that an image becomes in each tower: channels × rows × columns of the last stage.</summary>
    public int Features => _passes.Features;

    /// <summary>Takes over one stage of one tower.</summary>
    /// <param name="tower">Which tower.</param>
    /// <param name="stage">Which stage.</param>
    /// <param name="weights">[out, in, row, column].</param>
    /// <param name="bias">[out].</param>
    public void SetParameters(int tower, int stage, float* weights, float* bias) => _parameters[tower, stage].Set(weights, bias);

    /// <summary>Takes over all stages of all towers, on all threads.</summary>
    /// <param name="parameters">Tower by tower and stage by stage: weights [out, in, row, column], then bias [out].</param>
    public void SetParameters(float** parameters) => _exchange.SetParameters(parameters);

    /// <inheritdoc cref="ProgramParameters.SetAlpha"/>
    public void SetAlpha(int stage, float* alpha, bool perChannel) => _parameters.SetAlpha(stage, alpha, perChannel);

    /// <summary>Computes features.</summary>
    /// <param name="input">[batch, channels, rows, columns].</param>
    /// <param name="batch">How many images.</param>
    /// <param name="reader">Receives them.</param>
    public void Predict(float* input, int batch, IFeatureReader reader)
    {
        _inference ??= new InferenceProgram(_shape, _parameters, _kernels, _width, _team, InferenceSize.For(int.MaxValue, _team.Count));
        _inference.Run(input, batch, reader);
    }

    /// <summary>
    /// Computes the gradients of all parameters: images go back as soon as their loss is known, while what they left is
    /// still in cache.
    /// </summary>
    /// <param name="input">[batch, channels, rows, columns].</param>
    /// <param name="batch">How many images.</param>
    /// <param name="loss">Of the features; what it throws is thrown here, after all threads have ended.</param>
    public void Learn(float* input, int batch, IFeatureLoss loss)
    {
        if (_backward.Length == 0)
        {
            PrepareLearning();
        }

        _input = input;
        (_batch, _loss) = (batch, loss);
        try
        {
            _team.Run(_learn);
        }
        finally
        {
            _loss = null;
        }

        _exchange.GradientsChanged(_backward);
    }

    /// <summary>Reads out the gradients of all stages of all towers, on all threads.</summary>
    /// <param name="gradients">Receives them as <see cref="SetParameters(float**)"/> takes parameters.</param>
    public void GetGradients(float** gradients) => _exchange.GetGradients(gradients);

    /// <summary>Reads out the gradient of one cross-stitch unit.</summary>
    /// <param name="stage">The stage that it follows.</param>
    /// <param name="alpha">Receives [towers, towers, channels], or [towers, towers, 1] of a unit a layer.</param>
    /// <param name="perChannel">Which of the two.</param>
    public void GetAlphaGradient(int stage, float* alpha, bool perChannel) => _exchange.GetAlphaGradient(stage, alpha, perChannel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _team.Dispose();
        _inference?.Dispose();
        foreach (var owned in _stages.Concat<IDisposable>(_forward).Concat(_backward).Append(_parameters))
        {
            owned.Dispose();
        }
    }

    private void PrepareLearning()
    {
        Array.ForEach(_stages, stage => stage.MakeTables(StageGeometry.MostImages, backward: true));
        var plan = new ForwardPlan(_shape, _stages, StageGeometry.MostImages);
        _forward = [.. Enumerable.Range(0, _team.Count).Select(_ => new ForwardMemory(plan))];
        _backward = [.. _forward.Select(memory => new BackwardMemory(_shape, _stages, memory.Images))];
    }

    private void LearnPart(int worker)
    {
        var (work, back) = (_forward[worker], _backward[worker]);
        back.ClearParameterGradients();
        var (first, end) = new Share(worker, _team.Count).Of(_batch);
        for (var image = first; image < end; image += work.Images)
        {
            var images = Math.Min(work.Images, end - image);
            _passes.Forward(work, images, _input + ((nint)image * _passes.InputFloats), back);
            _loss!.Run(worker, image, images, work.Features, back.FeatureGradients);
            _passes.Backward(work, back, images);
        }
    }
}
