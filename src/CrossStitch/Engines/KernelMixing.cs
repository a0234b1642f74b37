using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Sharing;

namespace CrossStitch.Engines;

/// <summary>
/// α between a network's parameters and the kernels. Where α itself is learned, the kernels read it where it lies; any other
/// mixing works it out in room that is made once.
/// </summary>
internal sealed unsafe class KernelMixing
{
    private readonly Network _network;
    private readonly ParameterSet _gradients;
    private readonly TowerMixing? _mixing;
    private readonly ParameterSet _alphas;
    private readonly ParameterSet _alphaGradients;
    private readonly int[] _alphaPlaces;
    private readonly int[] _ownPlaces;
    private readonly bool _perChannel;

    /// <summary>Prepares the mixing of a network.</summary>
    /// <param name="network">The network; without a mixing there is nothing to do.</param>
    /// <param name="gradients">Receives the gradients of the mixing's parameters.</param>
    public KernelMixing(Network network, ParameterSet gradients)
    {
        (_network, _gradients) = (network, gradients);
        var (description, parameters) = (network.Description, network.Parameters);
        var blocks = description.Stitches?.Blocks(description) ?? [];
        int[] places = [.. blocks.Select(block => parameters.PlaceOf(block.Name))];
        if (description.Stitches is null or CrossStitchOptions)
        {
            (_alphas, _alphaGradients, _alphaPlaces, _ownPlaces) = (parameters, gradients, places, []);
            _perChannel = description.Stitches is CrossStitchOptions { PerChannel: true };
            return;
        }

        var towers = description.Groups.Count;
        ParameterBlock[] rooms = [.. description.Shape.StageOutputs().Select((output, i) => new ParameterBlock(
            description.Shape.Stages[i].Name, [towers, towers, output[0]], ParameterRole.Stitches))];
        (_mixing, _alphas, _alphaGradients, _perChannel) = (description.Stitches, new ParameterSet(rooms), new ParameterSet(rooms), true);
        (_alphaPlaces, _ownPlaces) = ([.. Enumerable.Range(0, rooms.Length)], places);
    }

    /// <summary>Hands α, of the parameters as they are now, to the kernels.</summary>
    public void Take(TowerProgram program)
    {
        for (var stage = 0; stage < _alphaPlaces.Length; stage++)
        {
            _mixing?.Mix(_network.Description, stage, _network.Parameters, _alphas.Numbers(stage));
            program.SetAlpha(stage, _alphas.Pointer(_alphaPlaces[stage]), _perChannel);
        }
    }

    /// <summary>Carries the kernels' gradients of α on to the parameters.</summary>
    public void Give(TowerProgram program)
    {
        foreach (var place in _ownPlaces)
        {
            _gradients.Numbers(place).Clear();
        }

        for (var stage = 0; stage < _alphaPlaces.Length; stage++)
        {
            program.GetAlphaGradient(stage, _alphaGradients.Pointer(_alphaPlaces[stage]), _perChannel);
            _mixing?.AddGradient(_network.Description, stage, _network.Parameters, _alphaGradients.Numbers(stage), _gradients);
        }
    }
}
