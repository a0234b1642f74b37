using System.Runtime.InteropServices;
using CrossStitch.Engines;
using CrossStitch.Kernels;
using CrossStitch.Sharing;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Training;

/// <summary>
/// Adam by the kernels: the limit on the gradient's norm and the step in two passes over memory, where libtorch's
/// operations take a dozen.
/// </summary>
internal sealed unsafe class KernelAdam : TrainingOptimizer
{
    private const string Magic = "adam 1";

    /// <summary>What libtorch adds to the norm that it divides by.</summary>
    private const double NormEpsilon = 1e-6;

    private readonly TrainingOptions _options;
    private readonly (ParameterRole Role, Parameter Parameter, float[] Mean, float[] Square)[] _parameters;
    private readonly int[] _bySize;
    private long _steps;

    public KernelAdam(TrainingOptions options, IReadOnlyList<(ParameterRole Role, IReadOnlyList<Parameter> Parameters)> groups)
    {
        _options = options;
        _parameters =
        [
            .. from @group in groups
               from parameter in @group.Parameters
               select (@group.Role, parameter, new float[parameter.numel()], new float[parameter.numel()]),
        ];
        _bySize = [.. Enumerable.Range(0, _parameters.Length).OrderByDescending(i => _parameters[i].Mean.Length)];
    }

    public override void ZeroGradients()
    {
        // Without a gradient to add to, autograd hands over its own.
        foreach (var (_, parameter, _, _) in _parameters)
        {
            parameter.grad = null;
        }
    }

    public override void Step(Func<ParameterRole, double> rateOf)
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
        _steps++;
        var scale = 1.0;
        if (_options.GradientClip > 0)
        {
            var squares = new double[_parameters.Length];
            ForEach(team, i => squares[i] = gradients[i] is { } gradient ? AdamKernel.SquaredNorm(gradient.Pointer(), _parameters[i].Mean.Length) : 0);
            scale = Math.Min(1, _options.GradientClip / (Math.Sqrt(squares.Sum()) + NormEpsilon));
        }

        ForEach(team, i =>
        {
            var (role, parameter, mean, square) = _parameters[i];
            if (gradients[i] is { } gradient)
            {
                var step = new AdamStep(_steps, rateOf(role), DecayOf(_options, role), scale);
                fixed (float* m = mean, v = square)
                {
                    AdamKernel.Step(parameter.Pointer(), gradient.Pointer(), m, v, mean.Length, step);
                }
            }
        });
    }

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

    public override void Save(BinaryWriter writer)
    {
        writer.Write(Magic);
        writer.Write(_steps);
        writer.Write(_parameters.Length);
        foreach (var (_, _, mean, square) in _parameters)
        {
            writer.Write(mean.Length);
            writer.Write(MemoryMarshal.AsBytes<float>(mean));
            writer.Write(MemoryMarshal.AsBytes<float>(square));
        }
    }

    public override void Load(BinaryReader reader)
    {
        try
        {
            Require(reader.ReadString() == Magic);
            _steps = reader.ReadInt64();
            Require(reader.ReadInt32() == _parameters.Length);
            foreach (var (_, _, mean, square) in _parameters)
            {
                Require(reader.ReadInt32() == mean.Length);
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(mean.AsSpan()));
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(square.AsSpan()));
            }
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            throw Mismatch(error);
        }
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw Mismatch();
        }
    }

    private static CrossStitchException Mismatch(Exception? cause = null) =>
        new("The checkpoint's optimiser is not the one of this training; use the recipe it was made with.", cause!);
}
