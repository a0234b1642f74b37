using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Relations;
using CrossStitch.Sharing;

namespace CrossStitch.Engines;

/// <summary>The penalty λ_w Ω of a weight relation and its gradients, by the kernels.</summary>
internal sealed unsafe class KernelRelation
{
    private readonly ParameterSet _parameters;
    private readonly ParameterSet _gradients;
    private readonly WeightRelation _relation;
    private readonly double[] _penalties;
    private readonly (int First, int Second)[] _terms;
    private readonly (int Scale, int Shift)? _map;
    private readonly Action<int> _addPenalty;

    /// <summary>Prepares the relation of a network.</summary>
    /// <param name="network">A network that has one.</param>
    /// <param name="gradients">Receives the gradients.</param>
    public KernelRelation(Network network, ParameterSet gradients)
    {
        (_parameters, _gradients) = (network.Parameters, gradients);
        _relation = new WeightRelation(network.Description);
        _penalties = new double[_relation.Terms];
        _terms = [.. Enumerable.Range(0, _penalties.Length).Select(_relation.Term).Select(term => (_parameters.PlaceOf(term.First), _parameters.PlaceOf(term.Second)))];
        _map = _relation.Options.Penalty.HasMap ? (_parameters.PlaceOf(ParameterNames.Scale), _parameters.PlaceOf(ParameterNames.Shift)) : null;
        _addPenalty = AddPenalty;
    }

    /// <summary>Adds the gradients of the penalty (eq. 6 and 7), and gives its value.</summary>
    /// <param name="engine">Whose threads share the work.</param>
    /// <exception cref="CrossStitchException">The penalty threw.</exception>
    public double Penalty(NetworkEngine engine)
    {
        try
        {
            engine.ForEach(_relation.Layers.Count, _addPenalty);
        }
        catch (Exception failure)
        {
            throw new CrossStitchException($"The penalty '{_relation.Options.Penalty}' failed: {failure.Message}", failure);
        }

        var sum = 0.0;
        foreach (var penalty in _penalties)
        {
            sum += penalty;
        }

        return _relation.Options.Weight * sum;
    }

    /// <summary>The penalties of a layer. Pairs of towers share weights: one after the other.</summary>
    private void AddPenalty(int layer)
    {
        for (var term = layer; term < _penalties.Length; term += _relation.Layers.Count)
        {
            _penalties[term] = AddTerm(term);
        }
    }

    private double AddTerm(int term)
    {
        var (first, second) = _terms[term];
        var (scale, shift) = _map is { } map ? (_parameters.Numbers(map.Scale)[term], _parameters.Numbers(map.Shift)[term]) : (1, 0);
        long count = _parameters.Blocks[first].Count;
        var squared = RelationKernel.SquaredDistance(_parameters.Pointer(first), _parameters.Pointer(second), count, scale, shift);
        var penalty = _relation.Options.Penalty.Penalize(squared, out var slope);
        var (byScale, byShift) = RelationKernel.AddGradient(
            _parameters.Pointer(first), _parameters.Pointer(second), count, scale, shift, (float)(_relation.Options.Weight * slope), _gradients.Pointer(first), _gradients.Pointer(second));
        if (_map is { } places)
        {
            _gradients.Numbers(places.Scale)[term] = byScale;
            _gradients.Numbers(places.Shift)[term] = byShift;
        }

        return penalty;
    }
}
