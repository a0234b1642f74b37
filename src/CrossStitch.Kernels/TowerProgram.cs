using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels;

/// <summary>
/// Towers with or without cross-stitch units, forward and backward, chunk of images by chunk of images so that
/// activations stay in cache, and part of the batch by part on several threads. Sums run in a fixed order: the same
/// parameters, images and thread count give the same bits. After its first batch of a size it allocates nothing.
/// </summary>
/// <remarks>Parameters and gradients have TorchSharp's layouts: [out, in, row, column], [out], [tower, tower, channel].</remarks>
internal sealed unsafe class TowerProgram : IDisposable
{
    /// <summary>Images that go through all stages together.</summary>
    private const int Chunk = 16;

    private readonly StageGeometry[] _stages;
    private readonly StageKernels _kernels;
    private readonly ProgramParameters _parameters;
    private readonly WorkerTeam _team;
    private readonly Workspace[] _workspaces;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private readonly Action<int> _learn;
    private readonly Action<int> _together;
    private readonly TowerPasses _passes;
    private IFeatureLoss? _loss;
    private ActivationStore _store;
    private float* _input;
    private float* _features;
    private int _batch;
    private bool _keep;

    /// <summary>Prepares a program.</summary>
    /// <param name="shape">What it computes.</param>
    /// <param name="threads">How many threads it uses, at least one.</param>
    public TowerProgram(KernelShape shape, int threads)
        : this(shape, threads, VectorWidths.Widest)
    {
    }

    internal TowerProgram(KernelShape shape, int threads, VectorWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Shape = shape;
        _kernels = StageKernels.For(width);
        _stages = Geometries(shape, width);
        _team = new WorkerTeam(threads);
        _workspaces = [.. Enumerable.Range(0, threads).Select(_ => new Workspace(_stages, shape.Towers, shape.Stitched, Chunk))];
        _parameters = new ProgramParameters(_stages, shape.Towers, _kernels, _team, _workspaces);
        _passes = new TowerPasses(shape, _stages, _kernels, _parameters);
        _store = new ActivationStore(_stages, _passes.InputFloats, shape.Towers, Chunk);
        _forward = ForwardPart;
        _backward = BackwardPart;
        _learn = LearnPart;
        _together = Together;
    }

    /// <summary>What the program computes.</summary>
    public KernelShape Shape { get; }

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
    public void SetParameters(float** parameters) => _parameters.SetParameters(parameters);

    /// <summary>Takes over one cross-stitch unit.</summary>
    /// <param name="stage">The stage that it follows.</param>
    /// <param name="alpha">[towers, towers, channels], or [towers, towers, 1] of a unit a layer.</param>
    /// <param name="perChannel">Which of the two.</param>
    public void SetAlpha(int stage, float* alpha, bool perChannel) => _parameters.SetAlpha(stage, alpha, perChannel);

    /// <summary>Computes features.</summary>
    /// <param name="input">[batch, channels, rows, columns].</param>
    /// <param name="batch">How many images.</param>
    /// <param name="features">Receives [towers, batch, features].</param>
    /// <param name="keep">Whether <see cref="Backward"/> will follow.</param>
    public void Forward(float* input, int batch, float* features, bool keep)
    {
        _input = input;
        _features = features;
        (_batch, _keep) = (batch, keep);
        MakeRoom(keep ? batch : Chunk * _team.Count);
        _team.Run(batch == 1 && !keep && _team.Count > 1 ? _together : _forward);
    }

    /// <summary>Computes the gradients of all parameters for the last batch that was kept.</summary>
    /// <param name="featureGradients">[towers, batch, features].</param>
    /// <exception cref="InvalidOperationException">No batch was kept.</exception>
    public void Backward(float* featureGradients)
    {
        if (!_keep)
        {
            throw new InvalidOperationException("The last batch was not kept for a backward pass.");
        }

        _features = featureGradients;
        _team.Run(_backward);
        _parameters.GradientsChanged();
    }

    /// <summary>
    /// Forward and backward in one: every chunk of images goes back as soon as its loss is known, while what it left is
    /// still in cache.
    /// </summary>
    /// <param name="input">[batch, channels, rows, columns].</param>
    /// <param name="batch">How many images.</param>
    /// <param name="loss">Of the features; it must not throw.</param>
    public void Learn(float* input, int batch, IFeatureLoss loss)
    {
        _input = input;
        (_batch, _loss, _keep) = (batch, loss, false);
        MakeRoom(Chunk * _team.Count);
        _team.Run(_learn);
        _loss = null;
        _parameters.GradientsChanged();
    }

    /// <summary>Reads out the gradients of all stages of all towers, on all threads.</summary>
    /// <param name="gradients">Receives them as <see cref="SetParameters(float**)"/> takes parameters.</param>
    public void GetGradients(float** gradients) => _parameters.GetGradients(gradients);

    /// <summary>Reads out the gradient of one cross-stitch unit.</summary>
    /// <param name="stage">The stage that it follows.</param>
    /// <param name="alpha">Receives [towers, towers, channels], or [towers, towers, 1] of a unit a layer.</param>
    /// <param name="perChannel">Which of the two.</param>
    public void GetAlphaGradient(int stage, float* alpha, bool perChannel) => _parameters.GetAlphaGradient(stage, alpha, perChannel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _team.Dispose();
        _store.Dispose();
        foreach (var owned in _stages.Concat<IDisposable>(_workspaces).Append(_parameters))
        {
            owned.Dispose();
        }
    }

    private static StageGeometry[] Geometries(KernelShape shape, VectorWidth width)
    {
        var channels = shape.InputChannels;
        var stride = shape.InputChannels;
        var height = shape.InputHeight;
        var columns = shape.InputWidth;
        var stages = new List<StageGeometry>();
        foreach (var stage in shape.Stages)
        {
            var geometry = new StageGeometry(stage, channels, stride, height, columns, Chunk, width);
            stages.Add(geometry);
            channels = stage.Channels;
            stride = geometry.Channels;
            height = geometry.OutputHeight;
            columns = geometry.OutputWidth;
        }

        return [.. stages];
    }

    private void MakeRoom(int slots)
    {
        if (slots > _store.Slots)
        {
            _store.Dispose();
            _store = new ActivationStore(_stages, _passes.InputFloats, Shape.Towers, slots);
        }
    }

    private float* InputOf(int image) => _input + ((nint)image * _passes.InputFloats);

    private (int First, int End) Part(int worker) =>
        ((int)((long)_batch * worker / _team.Count), (int)((long)_batch * (worker + 1) / _team.Count));

    private void ForwardPart(int worker)
    {
        var (first, end) = Part(worker);
        for (var image = first; image < end; image += Chunk)
        {
            var slot = _keep ? image : worker * Chunk;
            _passes.Forward(
                _workspaces[worker], _store, slot, Math.Min(Chunk, end - image), InputOf(image), _keep, _features + ((nint)image * Features), (nint)_batch * Features);
        }
    }

    /// <summary>One image: the workers share it, stage by stage.</summary>
    private void Together(int worker) =>
        _passes.ForwardTogether(new Share(worker, _team.Count), _team, _workspaces[0], _workspaces[worker].Scratch, _store, _input, _features);

    private void BackwardPart(int worker)
    {
        var work = _workspaces[worker];
        work.ClearParameterGradients();
        var (first, end) = Part(worker);
        for (var image = first; image < end; image += Chunk)
        {
            _passes.Backward(
                work, _store, image, Math.Min(Chunk, end - image), _features + ((nint)image * Features), (nint)_batch * Features, justNow: false);
        }
    }

    private void LearnPart(int worker)
    {
        var work = _workspaces[worker];
        work.ClearParameterGradients();
        var (first, end) = Part(worker);
        for (var image = first; image < end; image += Chunk)
        {
            var images = Math.Min(Chunk, end - image);
            var stride = (nint)images * Features;
            _passes.Forward(work, _store, worker * Chunk, images, InputOf(image), keep: true, work.Features, stride);
            _loss!.Run(worker, image, images, work.Features, work.FeatureGradients);
            _passes.Backward(work, _store, worker * Chunk, images, work.FeatureGradients, stride, justNow: true);
        }
    }
}
