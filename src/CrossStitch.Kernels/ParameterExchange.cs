using System.Runtime.InteropServices;

namespace CrossStitch.Kernels;

/// <summary>The way of parameters into a program and of gradients out of it, which all threads share.</summary>
internal sealed unsafe class ParameterExchange
{
    private readonly StageGeometry[] _stages;
    private readonly ProgramParameters _parameters;
    private readonly WorkerTeam _team;
    private readonly Action<int> _pack;
    private readonly Action<int> _unpack;
    private readonly int[][] _shares;
    private BackwardMemory[] _gradients = [];
    private float** _tensors;
    private bool _isCollected;

    public ParameterExchange(StageGeometry[] stages, ProgramParameters parameters, WorkerTeam team)
    {
        (_stages, _parameters, _team) = (stages, parameters, team);
        _pack = PackPart;
        _unpack = UnpackPart;
        _shares = Shares(team.Count);
    }

    /// <summary>The gradients of the workers are new: they are added up when they are read.</summary>
    /// <param name="gradients">One a worker.</param>
    public void GradientsChanged(BackwardMemory[] gradients)
    {
        (_gradients, _isCollected) = (gradients, false);
        for (var worker = 1; worker < gradients.Length; worker++)
        {
            gradients[0].AddAlphas(gradients[worker]);
        }
    }

    /// <inheritdoc cref="TowerProgram.SetParameters(float**)"/>
    public void SetParameters(float** parameters)
    {
        _tensors = parameters;
        _team.Run(_pack);
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
        for (var pair = 0; pair < _parameters.Towers * _parameters.Towers; pair++)
        {
            var sum = 0f;
            for (var c = 0; c < real; c++)
            {
                var gradient = _gradients[0].Alphas(stage)[(pair * stored) + c];
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

    /// <summary>Which stages of which towers each worker packs: the largest first, each to the one with the least.</summary>
    private int[][] Shares(int threads)
    {
        var shares = Enumerable.Range(0, threads).Select(_ => (Items: new List<int>(), Weights: 0L)).ToArray();
        long WeightsOf(int item) => (long)_stages[item % _stages.Length].Channels * _stages[item % _stages.Length].Patch;
        foreach (var item in Enumerable.Range(0, _parameters.Towers * _stages.Length).OrderByDescending(WeightsOf))
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
            _parameters[item / _stages.Length, item % _stages.Length].Set(_tensors[2 * item], _tensors[(2 * item) + 1]);
        }
    }

    private void UnpackPart(int worker)
    {
        var sum = _gradients[0];
        foreach (var item in _shares[worker])
        {
            var (tower, stage) = (item / _stages.Length, item % _stages.Length);
            for (var other = 1; other < _gradients.Length && !_isCollected; other++)
            {
                sum.AddStage(_gradients[other], tower, stage);
            }

            WeightPacking.Unpack(_stages[stage], sum.Weights(tower, stage), _tensors[2 * item]);
            NativeMemory.Copy(sum.Biases(tower, stage), _tensors[(2 * item) + 1], (nuint)(_stages[stage].Stage.Channels * sizeof(float)));
        }
    }
}
