using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CrossStitch.Sharing;

namespace CrossStitch.Training;

/// <summary>
/// Room for some examples with their labels, filled again and again: a trainer has one, and its data fills it.
/// </summary>
public sealed unsafe class Batch
{
    private readonly NetworkDescription _network;
    private readonly float[] _input;
    private readonly float[][] _labels;

    /// <summary>Makes room.</summary>
    /// <param name="network">Whose examples and labels.</param>
    /// <param name="capacity">The most examples.</param>
    /// <exception cref="CrossStitchException">So many examples do not fit into one memory.</exception>
    public Batch(NetworkDescription network, int capacity)
    {
        _network = network;
        InputLength = network.Shape.InputLength;
        if ((long)capacity * InputLength > Array.MaxLength)
        {
            throw new CrossStitchException($"A batch of {capacity} examples of {InputLength} numbers does not fit into one memory; make it smaller than {Array.MaxLength / InputLength}.");
        }

        Capacity = capacity;
        _input = GC.AllocateArray<float>(Math.Max(1, capacity * InputLength), pinned: true);
        _labels = [.. network.Tasks.Select(task => GC.AllocateArray<float>(Math.Max(1, checked(capacity * task.LabelWidth)), pinned: true))];
    }

    /// <summary>The most examples that it has room for.</summary>
    public int Capacity { get; }

    /// <summary>How many examples it holds; whoever fills it sets this first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for so many.</exception>
    public int Count
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            field = value;
        }
    }

    /// <summary>Numbers of one example.</summary>
    public int InputLength { get; }

    /// <summary>All examples: [count, channels, height, width].</summary>
    public Span<float> Input => _input.AsSpan(0, Count * InputLength);

    /// <summary>One example: [channels, height, width]. Several threads may fill different examples at once.</summary>
    /// <param name="index">Its place in the batch, from 0.</param>
    public Span<float> Example(int index) => _input.AsSpan(index * InputLength, InputLength);

    /// <summary>The label of an example: [label width]. Several threads may fill different examples at once.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="index">The example's place in the batch, from 0.</param>
    /// <exception cref="CrossStitchException">The network has no such task.</exception>
    public Span<float> Label(string task, int index)
    {
        var place = PlaceOf(task);
        var width = _network.Tasks[place].LabelWidth;
        return _labels[place].AsSpan(index * width, width);
    }

    /// <summary>The labels of a task: [count, label width].</summary>
    /// <param name="task">The task's name.</param>
    /// <exception cref="CrossStitchException">The network has no such task.</exception>
    public Span<float> Labels(string task) => _labels[PlaceOf(task)].AsSpan(0, Count * _network.Tasks[PlaceOf(task)].LabelWidth);

    /// <summary>Whether the network has a task, so that its labels are asked for.</summary>
    /// <param name="task">The task's name.</param>
    public bool Has(string task) => Find(task) >= 0;

    /// <summary>Whether its examples and labels are as a network takes them.</summary>
    internal bool Fits(NetworkDescription network) => ReferenceEquals(network, _network)
        || (InputLength == network.Shape.InputLength && _network.Tasks.Select(task => task.LabelWidth).SequenceEqual(network.Tasks.Select(task => task.LabelWidth)));

    /// <summary>The first number of the examples, where it lies as long as this batch is reachable.</summary>
    internal float* InputPointer => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_input));

    /// <summary>The first number of a task's labels, likewise.</summary>
    internal float* LabelPointer(int task) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_labels[task]));

    private int PlaceOf(string task) => Find(task) is >= 0 and var place ? place : throw new CrossStitchException($"The network has no task '{task}'.");

    private int Find(string task)
    {
        for (var i = 0; i < _network.Tasks.Count; i++)
        {
            if (_network.Tasks[i].Name == task)
            {
                return i;
            }
        }

        return -1;
    }
}
