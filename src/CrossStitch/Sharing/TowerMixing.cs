using CrossStitch.Parameters;

namespace CrossStitch.Sharing;

/// <summary>
/// How towers mix what they have computed after every stage: channel by channel, each tower goes on with
/// <c>x̃_i = Σ_j α_ij x_j</c> (eq. 3), with α made of parameters of the mixing's own. <see cref="CrossStitchOptions"/> are
/// the paper's units, where α itself is learned; a way of your own derives from this, and engines, training, checkpoints and
/// exports work with it. It holds no numbers, and gives the same for the same parameters.
/// </summary>
public abstract record TowerMixing
{
    /// <summary>The parameters that it learns, in the order in which they lie; their names are unique in the network, and a role of its own is allowed.</summary>
    /// <param name="network">The network whose towers it mixes.</param>
    public abstract IReadOnlyList<ParameterBlock> Blocks(NetworkDescription network);

    /// <summary>Fills its parameters, which are zeros, with their first values.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">The network's parameters.</param>
    public abstract void Initialize(NetworkDescription network, ParameterSet parameters);

    /// <summary>Works out α.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stage">The stage after which towers mix, from 0.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="alpha">Receives α: [towers, towers, channels of the stage's output], what the first tower takes of the second. All of it is written.</param>
    public abstract void Mix(NetworkDescription network, int stage, ParameterSet parameters, Span<float> alpha);

    /// <summary>Carries the gradient of α on to the parameters that it is made of.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stage">The stage, from 0; each is called once, in order.</param>
    /// <param name="parameters">The network's parameters, as <see cref="Mix"/> saw them.</param>
    /// <param name="alphaGradient">The gradient of α: [towers, towers, channels].</param>
    /// <param name="gradients">Receives, added to what is there, the gradients of this mixing's blocks; they are zeros before the first stage.</param>
    public abstract void AddGradient(NetworkDescription network, int stage, ParameterSet parameters, ReadOnlySpan<float> alphaGradient, ParameterSet gradients);
}
