using System.Runtime.InteropServices;
using CrossStitch.Engines;
using CrossStitch.Kernels;
using CrossStitch.Sharing;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Training;

/// <summary>
/// An optimiser by the kernels, for parameters that are 32-bit floats on the CPU: the limit on the gradient's norm and
/// the step in two passes over memory, where libtorch's operations take a dozen.
/// </summary>
internal abstract unsafe class KernelOptimizer : TrainingOptimizer
{
    /// <summary>What libtorch adds to the norm that it divides by.</summary>
    private const double NormEpsilon = 1e-6;

    private readonly string _name;
    private readonly (ParameterRole Role, Parameter Parameter, float[][] State)[] _parameters;
    private readonly int[] _bySize;

    /// <summary>Prepares parameters.</summary>
    /// <param name="name">Names the optimiser in a checkpoint.</param>
    /// <param name="states">Numbers that it keeps for each number of a parameter.</param>
    /// <param name="options">How to train.</param>
    /// <param name="groups">The parameters of each role.</param>
    protected KernelOptimizer(string name, int states, TrainingOptions options, IReadOnlyList<(ParameterRole Role, IReadOnlyList<Parameter> Parameters)> groups)
    {
        (_name, Options) = (name, options);
        _parameters =
        [
            .. from @group in groups
               from parameter in @group.Parameters
               select (@group.Role, parameter, Enumerable.Range(0, states).Select(_ => new float[parameter.numel()]).ToArray()),
        ];
        _bySize = [.. Enumerable.Range(0, _parameters.Length).OrderByDescending(i => _parameters[i].Parameter.numel())];
    }

    /// <summary>How to train.</summary>
    protected TrainingOptions Options { get; }

    /// <summary>Steps taken, the one under way included.</summary>
    protected long Steps { get; private set; }

    /// <inheritdoc/>
    public sealed override void ZeroGradients()
    {
        // Without a gradient to add to, autograd hands over its own.
        foreach (var (_, parameter, _) in _parameters)
        {
            parameter.grad = null;
        }
    }

    /// <inheritdoc/>
    public sealed override void Step(Func<ParameterRole, double> rateOf)
    {
        var gradients = Array.ConvertAll(_parameters, item => item.Parameter.grad?.contiguous());
        Step(rateOf, gradients, team: null);
        foreach (var gradient in gradients)
        {
            gradient?.Dispose();
        }
    }

    /// <summary>Takes a step by gradients that lie elsewhere; the same step with any number of threads.</summary>
    /// <param name="rateOf">The learning rate of each role.</param>
    /// <param name="gradients">Of each parameter, contiguous; null where it has none and stays.</param>
    /// <param name="team">Threads that share the parameters; null for the caller's alone.</param>
    public void Step(Func<ParameterRole, double> rateOf, IReadOnlyList<Tensor?> gradients, WorkerTeam? team)
    {
        Steps++;
        var scale = 1.0;
        if (Options.GradientClip > 0)
        {
            var squares = new double[_parameters.Length];
            ForEach(team, i => squares[i] = gradients[i] is { } gradient ? AdamKernel.SquaredNorm(gradient.Pointer(), gradient.numel()) : 0);
            scale = Math.Min(1, Options.GradientClip / (Math.Sqrt(squares.Sum()) + NormEpsilon));
        }

        ForEach(team, i =>
        {
            var (role, parameter, state) = _parameters[i];
            if (gradients[i] is { } gradient)
            {
                Update(parameter.Pointer(), gradient.Pointer(), parameter.numel(), state, rateOf(role), DecayOf(Options, role), scale);
            }
        });
    }

    /// <inheritdoc/>
    public sealed override void Save(BinaryWriter writer)
    {
        writer.Write(_name);
        writer.Write(Steps);
        writer.Write(_parameters.Length);
        foreach (var (_, parameter, states) in _parameters)
        {
            writer.Write((int)parameter.numel());
            foreach (var state in states)
            {
                writer.Write(MemoryMarshal.AsBytes<float>(state));
            }
        }
    }

    /// <inheritdoc/>
    public sealed override void Load(BinaryReader reader)
    {
        try
        {
            Require(reader.ReadString() == _name);
            Steps = reader.ReadInt64();
            Require(reader.ReadInt32() == _parameters.Length);
            foreach (var (_, parameter, states) in _parameters)
            {
                Require(reader.ReadInt32() == parameter.numel());
                foreach (var state in states)
                {
                    reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(state.AsSpan()));
                }
            }
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            throw Mismatch(error);
        }
    }

    /// <summary>Takes a parameter's step. Called by several threads at once, for different parameters.</summary>
    /// <param name="parameter">Receives the step.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="state">What is kept of it; zeros before the first step.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="decay">L2 decay.</param>
    /// <param name="scale">What the gradient is multiplied by first.</param>
    protected abstract void Update(float* parameter, float* gradient, long count, float[][] state, double rate, double decay, double scale);

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw Mismatch();
        }
    }

    private static CrossStitchException Mismatch(Exception? cause = null) =>
        new("The checkpoint's optimiser is not the one of this training; use the recipe it was made with.", cause!);

    /// <summary>Does something to every parameter, the largest first.</summary>
    private void ForEach(WorkerTeam? team, Action<int> act)
    {
        if (team is not null)
        {
            team.ForEach(_bySize.Length, place => act(_bySize[place]));
            return;
        }

        foreach (var i in _bySize)
        {
            act(i);
        }
    }
}
