using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels;

/// <summary>
/// Towers with or without cross-stitch units, forward and backward, chunk of images by chunk of images so that
/// activations stay in cache, and part of the batch by part on several threads. Sums run in a fixed order: the same
/// parameters, images and thread count give the same bits. After its first batch of a size it allocates nothing.
/// </summary>
/// <remarks>Parameters and gradients have TorchSharp's layouts: [out, in, row, column], [out], [tower, tower, channel].</remarks>
public sealed unsafe class TowerProgram : IDisposable
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
        _store = new ActivationStore(_stages, InputFloats, shape.Towers, Chunk);
        _forward = ForwardPart;
        _backward = BackwardPart;
    }

    /// <summary>What the program computes.</summary>
    public KernelShape Shape { get; }

    /// <summary>Numbers that an image becomes in each tower: channels × rows × columns of the last stage.</summary>
    public int Features => Last.Stage.Channels * Last.Positions;

    private StageGeometry Last => _stages[^1];

    private int InputFloats => Shape.InputChannels * Shape.InputHeight * Shape.InputWidth;

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
        _batch = batch;
        _features = features;
        _keep = keep;
        var slots = keep ? batch : Chunk * _team.Count;
        if (slots > _store.Slots)
        {
            _store.Dispose();
            _store = new ActivationStore(_stages, InputFloats, Shape.Towers, slots);
        }

        _team.Run(_forward);
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

    private static bool AreFinite(float* numbers, long count)
    {
        // A number less itself is zero, unless it is infinite or none.
        var sum = Vector256<float>.Zero;
        var at = 0L;
        for (; at <= count - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            var some = Vector256.Load(numbers + at);
            sum += some - some;
        }

        var rest = 0f;
        for (; at < count; at++)
        {
            rest += numbers[at] - numbers[at];
        }

        return Vector256.Sum(sum) + rest == 0;
    }

    private float* FeaturesOf(int tower, int image) => _features + ((((long)tower * _batch) + image) * Features);

    private (int First, int End) Part(int worker) =>
        ((int)((long)_batch * worker / _team.Count), (int)((long)_batch * (worker + 1) / _team.Count));

    private void ForwardPart(int worker)
    {
        var work = _workspaces[worker];
        var (first, end) = Part(worker);
        for (var image = first; image < end; image += Chunk)
        {
            var images = Math.Min(Chunk, end - image);

            // In Winograd's sums an infinite input cancels to no number at all: such images take the direct way.
            var direct = !AreFinite(_input + ((long)image * InputFloats), (long)images * InputFloats);
            var slot = _keep ? image : worker * Chunk;
            ChannelOrder.ToLast(_input + ((long)image * InputFloats), _store.Input(slot), images, Shape.InputChannels, Shape.InputHeight * Shape.InputWidth);
            for (var s = 0; s < _stages.Length; s++)
            {
                for (var tower = 0; tower < Shape.Towers; tower++)
                {
                    var from = s == 0 ? _store.Input(slot) : Activations(work, tower, s - 1, slot);
                    ForwardStage(work, tower, s, from, slot, images, direct);
                }

                if (Shape.Stitched)
                {
                    Mix(work, s, slot, images);
                }
            }

            for (var tower = 0; tower < Shape.Towers; tower++)
            {
                ChannelOrder.ToFeatures(Last, Activations(work, tower, _stages.Length - 1, slot), FeaturesOf(tower, image), images);
            }
        }
    }

    /// <summary>What the next stage reads: the mix where towers are stitched, else the output itself.</summary>
    private float* Activations(Workspace work, int tower, int stage, int slot) =>
        Shape.Stitched ? work.Activations(tower, stage) : _store.Output(tower, stage, slot);

    private void Mix(Workspace work, int s, int slot, int images)
    {
        var inputs = stackalloc float*[Shape.Towers];
        var outputs = stackalloc float*[Shape.Towers];
        for (var tower = 0; tower < Shape.Towers; tower++)
        {
            inputs[tower] = _store.Output(tower, s, slot);
            outputs[tower] = work.Activations(tower, s);
        }

        _kernels.Mix(Shape.Towers, _stages[s].Positions * images, _stages[s].Channels, _parameters.Alpha(s), inputs, outputs);
    }

    private void ForwardStage(Workspace work, int tower, int s, float* from, int slot, int images, bool direct)
    {
        var winners = _keep ? _store.Winners(tower, s, slot) : null;
        _kernels.Forward(_stages[s], _parameters[tower, s], from, images, _store.Output(tower, s, slot), winners, work.Scratch, direct);
    }

    private void BackwardPart(int worker)
    {
        var work = _workspaces[worker];
        work.ClearParameterGradients();
        var inputs = stackalloc float*[Shape.Towers];
        var mixed = stackalloc float*[Shape.Towers];
        var outputs = stackalloc float*[Shape.Towers];
        var (first, end) = Part(worker);
        for (var image = first; image < end; image += Chunk)
        {
            var images = Math.Min(Chunk, end - image);
            for (var tower = 0; tower < Shape.Towers; tower++)
            {
                ChannelOrder.FromFeatures(Last, FeaturesOf(tower, image), work.Mixed(tower, _stages.Length - 1), images);
            }

            for (var s = _stages.Length - 1; s >= 0; s--)
            {
                if (Shape.Stitched)
                {
                    for (var tower = 0; tower < Shape.Towers; tower++)
                    {
                        inputs[tower] = _store.Output(tower, s, image);
                        mixed[tower] = work.Mixed(tower, s);
                        outputs[tower] = work.Output(tower, s);
                    }

                    _kernels.MixGradient(Shape.Towers, _stages[s].Positions * images, _stages[s].Channels, _parameters.Alpha(s), inputs, mixed, outputs, work.Alphas(s));
                }

                if (Shape.Stitched && s > 0)
                {
                    // Mixed again rather than kept: memory is slower than two multiplications.
                    Mix(work, s - 1, image, images);
                }

                for (var tower = 0; tower < Shape.Towers; tower++)
                {
                    BackwardStage(work, tower, s, image, images);
                }
            }
        }
    }

    private void BackwardStage(Workspace work, int tower, int s, int image, int images)
    {
        var stage = _stages[s];
        if (s > 0)
        {
            NativeMemory.Clear(work.Mixed(tower, s - 1), (nuint)((long)stage.InputFloats * images * sizeof(float)));
        }

        for (var done = 0; done < images; done += stage.ImagesAtATime)
        {
            var some = Math.Min(stage.ImagesAtATime, images - done);
            var slot = image + done;
            var from = s == 0 ? _store.Input(slot) : Activations(work, tower, s - 1, slot) + (Shape.Stitched ? (long)done * stage.InputFloats : 0);
            var winners = _store.Winners(tower, s, slot);
            var gradient = work.Output(tower, s) + ((long)done * stage.OutputFloats);
            _kernels.WeightGradient(stage, from, winners, gradient, some, work.Weights(tower, s), work.Biases(tower, s));
            if (s > 0)
            {
                var inputGradient = work.Mixed(tower, s - 1) + ((long)done * stage.InputFloats);
                _kernels.InputGradient(stage, _parameters[tower, s].Backward, winners, gradient, some, inputGradient);
            }
        }
    }
}
