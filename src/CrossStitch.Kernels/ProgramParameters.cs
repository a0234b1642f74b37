using System.Runtime.InteropServices;

namespace CrossStitch.Kernels;

/// <summary>
/// The parameters of a program as the kernels read them, and the way of parameters in and of gradients out, which all
/// threads share.
/// </summary>
internal sealed unsafe class ProgramParameters : IDisposable
{
    private readonly StageGeometry[] _stages;
    private readonly StageParameters[][] _parameters;
    private readonly FloatBuffer[] _alphas;
    private readonly WorkerTeam _team;
    private readonly Workspace[] _workspaces;
    private readonly Action<int> _pack;
    private readonly Action<int> _unpack;
    private readonly int[][] _shares;
    private float** _tensors;
    private bool _isCollected;

    public ProgramParameters(StageGeometry[] stages, int towers, StageKernels kernels, WorkerTeam team, Workspace[] workspaces)
    {
        (_stages, _team, _workspaces) = (stages, team, workspaces);
        _parameters = [.. Enumerable.Range(0, towers).Select(_ => stages.Select(stage => new StageParameters(stage, kernels)).ToArray())];
        _alphas = [.. stages.Select(stage => new FloatBuffer((long)towers * towers * stage.Channels))];
        _pack = PackPart;
        _unpack = UnpackPart;
        _shares = Shares(team.Count);
    }

    private int Towers => _parameters.Length;

    /// <summary>One stage of one tower.</summary>
    public StageParameters this[int tower, int stage] => _parameters[tower][stage];

    /// <summary>One cross-stitch unit: [towers, towers, channels as stored].</summary>
    public float* Alpha(int stage) => _alphas[stage].Pointer;

    /// <summary>The gradients of the workers are new: they are added up when they are read.</summary>
    public void GradientsChanged()
    {
        _isCollected = false;
        for (var worker = 1; worker < _workspaces.Length; worker++)
        {
            _workspaces[0].AddAlphas(_workspaces[worker]);
        }
    }

    /// <inheritdoc cref="TowerProgram.SetParameters(float**)"/>
    public void SetParameters(float** parameters)
    {
        _tensors = parameters;
        _team.Run(_pack);
    }

    /// <inheritdoc cref="TowerProgram.SetAlpha"/>
    public void SetAlpha(int stage, float* alpha, bool perChannel)
    {
        var real = _stages[stage].Stage.Channels;
        var stored = _stages[stage].Channels;
        for (var pair = 0; pair < Towers * Towers; pair++)
        {
            for (var c = 0; c < real; c++)
            {
                _alphas[stage].Pointer[(pair * stored) + c] = alpha[perChannel ? (pair * real) + c : pair];
            }
        }
    }

    /// <inheritdoc cref="TowerProgram.GetGradients"/>
    public void GetGradients(float** gradients)
    {
        _tensors = gradients;
        _team.Run(_unpack);
        _isCollected = true;
    }

    /// <inheritdoc cref="TowerProgram.GetAlphaGradient"/>
    public void GetAlphaGradient(int stage, float* alpha, bool perChannel)
    {
        var real = _stages[stage].Stage.Channels;
        var stored = _stages[stage].Channels;
        for (var pair = 0; pair < Towers * Towers; pair++)
        {
            var sum = 0f;
            for (var c = 0; c < real; c++)
            {
                var gradient = _workspaces[0].Alphas(stage)[(pair * stored) + c];
                sum += gradient;
                if (perChannel)
                {
                    alpha[(pair * real) + c] = gradient;
                }
            }

            if (!perChannel)
            {
                alpha[pair] = sum;
            }
        }
    }

    public void Dispose()
    {
        foreach (var owned in _parameters.SelectMany(tower => tower).Concat<IDisposable>(_alphas))
        {
            owned.Dispose();
        }
    }

    /// <summary>Which stages of which towers each worker packs: the largest first, each to the one with the least.</summary>
    private int[][] Shares(int threads)
    {
        var shares = Enumerable.Range(0, threads).Select(_ => (Items: new List<int>(), Weights: 0)).ToArray();
        int WeightsOf(int item) => _stages[item % _stages.Length].Channels * _stages[item % _stages.Length].Patch;
        foreach (var item in Enumerable.Range(0, Towers * _stages.Length).OrderByDescending(WeightsOf))
        {
            var least = Array.IndexOf(shares, shares.MinBy(share => share.Weights));
            shares[least].Items.Add(item);
            shares[least].Weights += WeightsOf(item);
        }

        return [.. shares.Select(share => share.Items.ToArray())];
    }

    private void PackPart(int worker)
    {
        foreach (var item in _shares[worker])
        {
            _parameters[item / _stages.Length][item % _stages.Length].Set(_tensors[2 * item], _tensors[(2 * item) + 1]);
        }
    }

    private void UnpackPart(int worker)
    {
        foreach (var item in _shares[worker])
        {
            var (tower, stage) = (item / _stages.Length, item % _stages.Length);
            for (var other = 1; other < _workspaces.Length && !_isCollected; other++)
            {
                _workspaces[0].AddStage(_workspaces[other], tower, stage);
            }

            WeightPacking.Unpack(_stages[stage], _workspaces[0].Weights(tower, stage), _tensors[2 * item]);
            NativeMemory.Copy(_workspaces[0].Biases(tower, stage), _tensors[(2 * item) + 1], (nuint)(_stages[stage].Stage.Channels * sizeof(float)));
        }
    }
}
