namespace CrossStitch.Kernels;

/// <summary>The parameters of towers as the kernels read them. Any number of threads may read them at once.</summary>
internal sealed unsafe class ProgramParameters : IDisposable
{
    private readonly StageGeometry[] _stages;
    private readonly StageParameters[][] _parameters;
    private readonly long[] _alphasAt;
    private readonly FloatPlan _plan = new();
    private FloatBuffer? _memory;

    /// <summary>Works out what they take; <see cref="Allocate"/> follows.</summary>
    /// <param name="shape">The towers.</param>
    /// <param name="stages">Their stages.</param>
    /// <param name="kernels">What reads them.</param>
    /// <param name="backward">Whether a backward pass will read them too.</param>
    public ProgramParameters(KernelShape shape, StageGeometry[] stages, StageKernels kernels, bool backward)
    {
        _stages = stages;
        _parameters = [.. Enumerable.Range(0, shape.Towers).Select(_ => stages.Select(stage => new StageParameters(stage, kernels, _plan, backward)).ToArray())];
        _alphasAt = [.. stages.Where(_ => shape.Stitched).Select(stage => _plan.Add((long)shape.Towers * shape.Towers * stage.Channels))];
    }

    /// <summary>How many towers.</summary>
    public int Towers => _parameters.Length;

    /// <summary>Bytes that <see cref="Allocate"/> takes.</summary>
    public long Bytes => _plan.Bytes;

    /// <summary>One stage of one tower.</summary>
    public StageParameters this[int tower, int stage] => _parameters[tower][stage];

    /// <summary>Makes the memory: zeros.</summary>
    public void Allocate()
    {
        _memory = new FloatBuffer(_plan.Length);
        foreach (var stage in _parameters.SelectMany(tower => tower))
        {
            stage.Place(_memory.Pointer);
        }
    }

    /// <summary>One cross-stitch unit: [towers, towers, channels as stored].</summary>
    public float* Alpha(int stage) => _memory!.Pointer + _alphasAt[stage];

    /// <summary>Takes over one cross-stitch unit.</summary>
    /// <param name="stage">The stage that it follows.</param>
    /// <param name="alpha">[towers, towers, channels], or [towers, towers, 1] of a unit a layer.</param>
    /// <param name="perChannel">Which of the two.</param>
    public void SetAlpha(int stage, float* alpha, bool perChannel)
    {
        var real = _stages[stage].Stage.Channels;
        var stored = _stages[stage].Channels;
        for (var pair = 0; pair < Towers * Towers; pair++)
        {
            for (var c = 0; c < real; c++)
            {
                Alpha(stage)[(pair * stored) + c] = alpha[perChannel ? (pair * real) + c : pair];
            }
        }
    }

    public void Dispose() => _memory?.Dispose();
}
