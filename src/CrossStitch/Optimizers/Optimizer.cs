using System.Runtime.InteropServices;
using CrossStitch.Engines;
using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Training;

namespace CrossStitch.Optimizers;

/// <summary>
/// How gradients become steps: first the limit on the norm of the whole gradient, then a step of every block, at the
/// learning rate of its role.
/// </summary>
public abstract unsafe class Optimizer
{
    /// <summary>What is added to the norm that is divided by, as PyTorch does.</summary>
    private const double NormEpsilon = 1e-6;

    private readonly string _name;
    private readonly NetworkEngine _engine;
    private readonly ParameterSet[] _state;
    private readonly double[] _squares;
    private readonly double[] _rates;
    private readonly int[] _bySize;
    private readonly Action<int> _measure;
    private readonly Action<int> _update;
    private double _scale;

    /// <summary>Prepares the parameters of a network.</summary>
    /// <param name="name">Names the optimiser, and the version of its state, in a checkpoint.</param>
    /// <param name="states">Numbers that it keeps for each parameter.</param>
    /// <param name="options">How to train.</param>
    /// <param name="engine">Whose network learns, and whose threads share the work.</param>
    protected Optimizer(string name, int states, TrainingOptions options, NetworkEngine engine)
    {
        (_name, _engine, Options) = (name, engine, options);
        var blocks = engine.Network.Parameters.Blocks;
        _state = [.. Enumerable.Range(0, states).Select(_ => new ParameterSet(blocks))];
        _squares = new double[blocks.Count];
        _rates = [.. blocks.Select(block => block.Role.IsLearned ? options.RateOf(block.Role) : 0)];
        _bySize = [.. Enumerable.Range(0, blocks.Count).OrderByDescending(i => blocks[i].Count)];
        (_measure, _update) = (Measure, Update);
    }

    /// <summary>How to train.</summary>
    protected TrainingOptions Options { get; }

    /// <summary>Steps taken, the one under way included.</summary>
    protected long Steps { get; private set; }

    /// <summary>The learning rate of the step under way, before its role's factor.</summary>
    private double Rate { get; set; }

    /// <summary>The optimiser that options ask for.</summary>
    /// <param name="options">Which, and how.</param>
    /// <param name="engine">Whose network learns.</param>
    /// <exception cref="CrossStitchException">There is no such optimiser.</exception>
    public static Optimizer Create(TrainingOptions options, NetworkEngine engine) => options.Optimizer switch
    {
        OptimizerKind.Adam => new Adam(options, engine),
        OptimizerKind.Sgd => new Sgd(options, engine),
        _ => throw new CrossStitchException($"'{options.Optimizer}' is not an optimiser."),
    };

    /// <summary>Takes a step by the engine's gradients; the same step with any number of threads.</summary>
    /// <param name="rate">The learning rate; each role has a factor on it.</param>
    public void Step(double rate)
    {
        Steps++;
        (Rate, _scale) = (rate, 1);
        if (Options.GradientClip > 0)
        {
            _engine.ForEach(_bySize.Length, _measure);
            var sum = 0.0;
            foreach (var square in _squares)
            {
                sum += square;
            }

            _scale = Math.Min(1, Options.GradientClip / (Math.Sqrt(sum) + NormEpsilon));
        }

        _engine.ForEach(_bySize.Length, _update);
        GC.KeepAlive(this);
    }

    /// <summary>Writes what the next steps depend on.</summary>
    /// <param name="writer">Where to.</param>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_name);
        writer.Write(Steps);
        writer.Write(_squares.Length);
        for (var i = 0; i < _squares.Length; i++)
        {
            writer.Write(_engine.Network.Parameters.Blocks[i].Count);
            foreach (var state in _state)
            {
                writer.Write(MemoryMarshal.AsBytes(state.Numbers(i)));
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="CrossStitchException">It is of another optimiser or network, or holds what no training leaves.</exception>
    public void Load(BinaryReader reader)
    {
        try
        {
            Require(reader.ReadString() == _name);
            Steps = reader.ReadInt64();
            Require(Steps >= 0);
            Require(reader.ReadInt32() == _squares.Length);
            for (var i = 0; i < _squares.Length; i++)
            {
                Require(reader.ReadInt32() == _engine.Network.Parameters.Blocks[i].Count);
                foreach (var state in _state)
                {
                    reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(state.Numbers(i)));
                }
            }

            Require(reader.BaseStream.ReadByte() < 0);
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            throw Mismatch(error);
        }

        if (FirstImpossible() is { } impossible)
        {
            throw new CrossStitchException($"The checkpoint's optimiser is damaged, or of a training that failed: {impossible}. Train from the start, with a lower learning rate.");
        }
    }

    /// <summary>Names the first number of the state that no training can go on with; null if there is none.</summary>
    internal virtual string? FirstImpossible() => _state.Select(state => state.FirstNotFinite()).FirstOrDefault(impossible => impossible is not null);

    /// <summary>Takes a block's step. Called by several threads at once, for different blocks.</summary>
    /// <param name="parameter">Receives the step.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="place">The block's place.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="decay">L2 decay.</param>
    /// <param name="scale">What the gradient is multiplied by first.</param>
    private protected abstract void Update(float* parameter, float* gradient, long count, int place, double rate, double decay, double scale);

    /// <summary>What is kept of a block; zeros before the first step.</summary>
    private protected float* State(int which, int place) => _state[which].Pointer(place);

    /// <summary>Names the first number of a state that is below zero; null if there is none.</summary>
    private protected string? FirstNegative(int which)
    {
        for (var place = 0; place < _state[which].Blocks.Count; place++)
        {
            if (_state[which].Numbers(place).IndexOfAnyInRange(float.MinValue, -float.Epsilon) is >= 0 and var at)
            {
                return $"{_state[which].Blocks[place].Name}: number {at} is {_state[which].Numbers(place)[at]}, which no mean of squares is";
            }
        }

        return null;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw Mismatch();
        }
    }

    private static CrossStitchException Mismatch(Exception? cause = null) =>
        new("The checkpoint's optimiser is not the one of this training; use the recipe it was made with.", cause);

    private void Measure(int size)
    {
        var place = _bySize[size];
        _squares[place] = AdamKernel.SquaredNorm(_engine.Gradients.Pointer(place), _engine.Gradients.Blocks[place].Count);
    }

    private void Update(int size)
    {
        var place = _bySize[size];
        var block = _engine.Network.Parameters.Blocks[place];
        Update(
            _engine.Network.Parameters.Pointer(place), _engine.Gradients.Pointer(place), block.Count, place,
            Rate * _rates[place], block.Role.Decays ? Options.WeightDecay : 0, _scale);
    }
}
