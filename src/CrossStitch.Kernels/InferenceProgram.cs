using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels;

/// <summary>
/// Towers forward, some images at a time so that activations stay in cache: parts of the batch on several threads, or one
/// image that they share. Parameters are read alone, so that any number of programs may share them, each for one call at a
/// time. The same bits with any number of threads and images at a time, where the input is finite.
/// </summary>
internal sealed unsafe class InferenceProgram : IDisposable
{
    private readonly StageGeometry[] _stages;
    private readonly TowerPasses _passes;
    private readonly WorkerTeam _team;
    private readonly ForwardMemory[] _memories;
    private readonly FloatBuffer[] _scratches;
    private readonly Action<int> _part;
    private readonly Action<int> _together;
    private IFeatureReader? _reader;
    private float* _input;
    private int _batch;

    /// <summary>Makes a program.</summary>
    /// <param name="shape">The towers.</param>
    /// <param name="parameters">Their parameters; whoever made them disposes them.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="width">The vectors that parameters and kernels are for.</param>
    /// <param name="team">Whose threads it uses; whoever made it disposes it.</param>
    /// <param name="size">For how many images.</param>
    public InferenceProgram(KernelShape shape, ProgramParameters parameters, StageKernels kernels, VectorWidth width, WorkerTeam team, InferenceSize size)
    {
        _team = team;
        _stages = StageGeometry.Of(shape, width);
        Array.ForEach(_stages, stage => stage.MakeTables(size.Images, backward: false));
        var plan = new ForwardPlan(shape, _stages, size.Images);
        _memories = [.. Enumerable.Range(0, size.Memories(team.Count)).Select(_ => new ForwardMemory(plan))];
        _scratches = [.. Enumerable.Range(_memories.Length, team.Count - _memories.Length).Select(_ => new FloatBuffer(plan.ScratchFloats))];
        _passes = new TowerPasses(shape, _stages, kernels, parameters);
        _part = Part;
        _together = Together;
    }

    /// <summary>Computes features.</summary>
    /// <param name="input">[batch, channels, rows, columns].</param>
    /// <param name="batch">How many images.</param>
    /// <param name="reader">Receives them.</param>
    public void Run(float* input, int batch, IFeatureReader reader)
    {
        _input = input;
        (_batch, _reader) = (batch, reader);
        try
        {
            if (_team.Count == 1 || (batch > 1 && _memories.Length > 1))
            {
                _team.Run(_part);
                return;
            }

            for (var image = 0; image < batch; image++, _input += _passes.InputFloats)
            {
                _team.Run(_together);
                reader.Read(image, 1, _memories[0].Features);
            }
        }
        finally
        {
            _reader = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var owned in _stages.Concat<IDisposable>(_memories).Concat(_scratches))
        {
            owned.Dispose();
        }
    }

    private void Part(int worker)
    {
        var work = _memories[worker];
        var (first, end) = new Share(worker, _team.Count).Of(_batch);
        for (var image = first; image < end; image += work.Images)
        {
            var images = Math.Min(work.Images, end - image);
            _passes.Forward(work, images, _input + ((nint)image * _passes.InputFloats), back: null);
            _reader!.Read(image, images, work.Features);
        }
    }

    /// <summary>One image: the workers share it, stage by stage.</summary>
    private void Together(int worker)
    {
        var scratch = worker < _memories.Length ? _memories[worker].Scratch : _scratches[worker - _memories.Length].Pointer;
        _passes.ForwardTogether(new Share(worker, _team.Count), _team, _memories[0], scratch, _input);
    }
}
