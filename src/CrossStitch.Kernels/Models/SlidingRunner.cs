namespace CrossStitch.Kernels.Models;

/// <summary>
/// Runs a trained network at every place of a picture that is larger than the network's input: what overlapping inputs have
/// in common is computed once, and there is an output every <see cref="Stride"/> pixels. Any number of threads may call it at
/// once.
/// </summary>
/// <remarks>
/// Stages are valid convolutions and 2×2 pools, so that an input that begins at a multiple of the stride has the same
/// activations in a larger picture as alone, but for rounding. Each call computes on its caller's thread, in memory that is
/// kept for the next one: the last 16 sizes for every call that was ever under way at once. What a size takes is worked out
/// before it is asked for.
/// </remarks>
public sealed class SlidingRunner : IDisposable
{
    /// <summary>The most rows or columns of places of a call.</summary>
    public const int MostPlaces = 128;

    /// <summary>How many sizes are kept ready.</summary>
    internal const int KeptSizes = 16;

    private const long DefaultLimit = 256 << 20;

    private readonly Lock _gate = new();
    private readonly Stack<SlidingLane> _free = new();
    private bool _disposed;

    /// <summary>Prepares a network.</summary>
    /// <param name="model">Which.</param>
    /// <param name="memoryLimit">Bytes that a size of picture may take in a call, the weights as the kernels read them included; null for 256 MiB.</param>
    /// <exception cref="ModelFileException">
    /// The model is none that can be run, has a weight that is not finite, standardises each input by itself, or leaves more
    /// than one place of its input to the heads.
    /// </exception>
    public SlidingRunner(NetworkModel model, long? memoryLimit = null)
    {
        try
        {
            new ModelLayout(model).ValuesOf(model);
        }
        catch (FormatException error)
        {
            throw new ModelFileException($"The model cannot be run: {error.Message}.", inner: error);
        }

        if (model.Input.Standardized)
        {
            throw new ModelFileException("The model cannot slide over a picture: it standardises each input by itself, so that what inputs have in common differs. Train one on scaled pixels.");
        }

        var last = StageGeometry.Of(model.Shape, Vectors.VectorWidths.Widest)[^1];
        if (last.Positions != 1)
        {
            throw new ModelFileException($"The model cannot slide over a picture: its last stage leaves {last.OutputHeight}×{last.OutputWidth} places. End its towers in a dense stage.");
        }

        (Model, MemoryLimit) = (model, memoryLimit ?? DefaultLimit);
        Stride = 1 << model.Shape.Stages.Count(stage => stage.Pool);
    }

    /// <summary>What is run.</summary>
    public NetworkModel Model { get; }

    /// <summary>Bytes that a size of picture may take in a call.</summary>
    public long MemoryLimit { get; }

    /// <summary>Pixels from one place to the next.</summary>
    public int Stride { get; }

    /// <summary>Rows of a picture that has so many rows of places.</summary>
    /// <param name="rows">How many; at least one.</param>
    public int HeightOf(int rows) => Model.Shape.InputHeight + ((rows - 1) * Stride);

    /// <summary>Columns of a picture that has so many columns of places.</summary>
    /// <param name="columns">How many; at least one.</param>
    public int WidthOf(int columns) => Model.Shape.InputWidth + ((columns - 1) * Stride);

    /// <summary>Computes every head at every place.</summary>
    /// <param name="picture">
    /// [channels, <see cref="HeightOf"/> rows, <see cref="WidthOf"/> columns], normalised as the model wants its inputs.
    /// </param>
    /// <param name="rows">Rows of places; at most <see cref="MostPlaces"/>.</param>
    /// <param name="columns">Columns of places; at most <see cref="MostPlaces"/>.</param>
    /// <param name="output">
    /// Receives what the heads say, place after place and row after row; of this runner's <see cref="Model"/>, and in no other
    /// call meanwhile.
    /// </param>
    /// <exception cref="ArgumentException">The picture is of another size, or the output is of another model.</exception>
    /// <exception cref="ModelFileException">So many places take more memory than the limit.</exception>
    /// <exception cref="ObjectDisposedException">The runner was disposed.</exception>
    public void Run(ReadOnlySpan<float> picture, int rows, int columns, NetworkOutput output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MostPlaces);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, MostPlaces);
        var numbers = (long)Model.Shape.InputChannels * HeightOf(rows) * WidthOf(columns);
        if (picture.Length != numbers)
        {
            throw new ArgumentException($"{rows}×{columns} places are a picture of {numbers} numbers, not {picture.Length}.", nameof(picture));
        }

        if (!ReferenceEquals(output.Model, Model))
        {
            throw new ArgumentException("The output is of another model than the runner's.", nameof(output));
        }

        var lane = Take();
        try
        {
            lane.Run(picture, rows, columns, output);
        }
        finally
        {
            Return(lane);
        }
    }

    /// <summary>Frees the memory; that of calls that are under way when they end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_free.TryPop(out var lane))
            {
                lane.Dispose();
            }
        }
    }

    private SlidingLane Take()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _free.TryPop(out var lane) ? lane : new SlidingLane(this);
        }
    }

    private void Return(SlidingLane lane)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                lane.Dispose();
            }
            else
            {
                _free.Push(lane);
            }
        }
    }
}
