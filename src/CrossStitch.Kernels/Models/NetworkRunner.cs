namespace CrossStitch.Kernels.Models;

/// <summary>
/// Runs a trained network with the CPU kernels alone, one example or many at a time. Any number of threads may call it at
/// once, and each call has its own output; after the first batch of a size it allocates nothing.
/// </summary>
/// <remarks>
/// <para>Memory: the weights as the kernels read them, and what each call that is under way computes in. All of it is worked
/// out before it is asked for and stays within <see cref="MemoryLimit"/>, whatever a model's file says: at first a call has
/// room for one example, and takes more, for up to 16 examples a thread, where the limit allows it. Not counted are the
/// model's own arrays and the outputs, which are the caller's.</para>
/// <para>Calls: as many as there are processors compute at once, those that come later wait. A call that finds the runner's
/// threads at work computes on the thread of its caller alone, so that a server does best with one thread a runner.</para>
/// <para>A call that <see cref="Thread.Interrupt"/> meets while it waits for another ends with <see cref="ThreadInterruptedException"/>;
/// one that computes ends as if it were not, and the interrupt comes at the thread's next wait.</para>
/// <para>It may be disposed while calls are under way, which end as if it were not; its memory is freed after the last. One
/// that is forgotten is freed by the garbage collector, its threads too.</para>
/// </remarks>
public sealed unsafe class NetworkRunner : IDisposable
{
    /// <summary>What the limit has beside the multiples of weights and example.</summary>
    private const long LimitBase = 64 << 20;

    private const int LimitWeights = 8;
    private const int LimitExamples = 4;

    private readonly RunnerLanes _lanes;

    /// <summary>Prepares a network.</summary>
    /// <param name="model">Which.</param>
    /// <param name="threads">
    /// Threads that share a batch, or the stages of a single example; at least one. Between calls that follow each other
    /// within microseconds they stay awake. The same outputs, to the bit, with any number, unless an input is infinite or no
    /// number.
    /// </param>
    /// <param name="memoryLimit">
    /// Bytes of memory that the runner may take; null for 64 MiB + 8 times the model's weights + 4 times the activations of an
    /// example, as docs/model-file.md counts both.
    /// </param>
    /// <exception cref="ModelFileException">The model is none that can be run, has a weight that is not finite, or needs more memory for one example than the limit.</exception>
    public NetworkRunner(NetworkModel model, int threads = 1, long? memoryLimit = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ModelLayout layout;
        try
        {
            layout = new ModelLayout(model);
            layout.ValuesOf(model);
        }
        catch (FormatException error)
        {
            throw new ModelFileException($"The model cannot be run: {error.Message}.", inner: error);
        }

        Model = model;
        MemoryLimit = memoryLimit ?? LimitBase + (LimitWeights * layout.PayloadLength) + (LimitExamples * layout.Activations * sizeof(float));
        var packed = new PackedModel(model);
        var needed = packed.Bytes + packed.Sizes(threads)[^1].Bytes;
        if (needed > MemoryLimit)
        {
            throw new ModelFileException(
                $"The model cannot be run: it needs {needed} bytes of memory to run one example, and the limit is {MemoryLimit}. Give the runner a higher limit or fewer threads, or train a network whose channels are multiples of 16.");
        }

        packed.Pack();
        _lanes = new RunnerLanes(packed, threads, MemoryLimit - packed.Bytes);
    }

    /// <summary>What is run.</summary>
    public NetworkModel Model { get; }

    /// <summary>Bytes of memory that the runner may take.</summary>
    public long MemoryLimit { get; }

    /// <summary>Computes every head.</summary>
    /// <param name="input">[batch, channels, rows, columns], as <see cref="InputFormat.Normalize"/> leaves each example.</param>
    /// <param name="batch">How many examples.</param>
    /// <returns>What the heads say.</returns>
    /// <exception cref="ArgumentException">The input is not of so many examples.</exception>
    /// <exception cref="ObjectDisposedException">The runner was disposed.</exception>
    public NetworkOutput Run(ReadOnlySpan<float> input, int batch)
    {
        var output = new NetworkOutput(Model);
        Run(input, batch, output);
        return output;
    }

    /// <summary>Computes every head, into an output that was used before.</summary>
    /// <param name="input">[batch, channels, rows, columns], as <see cref="InputFormat.Normalize"/> leaves each example.</param>
    /// <param name="batch">How many examples.</param>
    /// <param name="output">Receives what the heads say; of this runner's <see cref="Model"/>, and in no other call meanwhile.</param>
    /// <exception cref="ArgumentException">The input is not of so many examples, or the output is of another model.</exception>
    /// <exception cref="ObjectDisposedException">The runner was disposed.</exception>
    public void Run(ReadOnlySpan<float> input, int batch, NetworkOutput output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (input.Length != (long)batch * Model.InputLength)
        {
            throw new ArgumentException($"{batch} examples of {Model.InputLength} numbers are {(long)batch * Model.InputLength} numbers, not {input.Length}.", nameof(input));
        }

        if (!ReferenceEquals(output.Model, Model))
        {
            throw new ArgumentException("The output is of another model than the runner's.", nameof(output));
        }

        var lane = _lanes.Take(batch);
        try
        {
            fixed (float* from = input)
            {
                lane.Run(from, batch, output);
            }
        }
        finally
        {
            _lanes.Return(lane);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lanes.Dispose();
}
