using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CrossStitch.Kernels;

namespace CrossStitch.Parameters;

/// <summary>
/// The parameters of a network, or numbers that go with each of them (gradients, an average): named blocks in one flat
/// memory. The memory is managed, lies still and is aligned to cache lines, so that kernels read and write it in place.
/// </summary>
public sealed unsafe class ParameterSet
{
    private const int Alignment = 64;

    /// <summary>Floats behind the last block that kernels may touch when they read and write whole vectors.</summary>
    private const int Slack = 64;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly int[] _offsets;
    private readonly float[] _memory;
    private readonly int _start;

    /// <summary>Makes room for blocks; all numbers are zero.</summary>
    /// <param name="blocks">The blocks; each begins on a cache line.</param>
    /// <exception cref="CrossStitchException">Two blocks share a name, a block has no role, or all together are too large.</exception>
    public ParameterSet(IReadOnlyList<ParameterBlock> blocks)
    {
        Blocks = blocks;
        _offsets = new int[blocks.Count];
        long length = 0;
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Role is null)
            {
                throw new CrossStitchException($"The parameters '{blocks[i].Name}' have no role, so nothing says how they learn.");
            }

            if (!_places.TryAdd(blocks[i].Name, i))
            {
                throw new CrossStitchException($"Two blocks of parameters are called '{blocks[i].Name}'; give each its own name.");
            }

            _offsets[i] = (int)length;
            length += (blocks[i].Count + 15L) / 16 * 16;
            if (length + Slack + Alignment > Array.MaxLength)
            {
                throw new CrossStitchException($"The network has more parameters than fit into one memory, {Array.MaxLength}; make its layers smaller.");
            }
        }

        Count = blocks.Sum(block => (long)block.Count);
        _memory = GC.AllocateArray<float>((int)length + Slack + (Alignment / sizeof(float)), pinned: true);
        var address = (long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        _start = (int)((Alignment - (address % Alignment)) % Alignment / sizeof(float));
    }

    /// <summary>The blocks, in the order in which they lie.</summary>
    public IReadOnlyList<ParameterBlock> Blocks { get; }

    /// <summary>How many numbers all blocks hold.</summary>
    public long Count { get; }

    /// <summary>A block's numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="CrossStitchException">There is no such block.</exception>
    public Span<float> this[string name] => Numbers(PlaceOf(name));

    /// <summary>A block's numbers.</summary>
    /// <param name="place">Its place in <see cref="Blocks"/>.</param>
    public Span<float> Numbers(int place) => _memory.AsSpan(_start + _offsets[place], Blocks[place].Count);

    /// <summary>Where a block lies in <see cref="Blocks"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="CrossStitchException">There is no such block.</exception>
    public int PlaceOf(string name) => _places.TryGetValue(name, out var place)
        ? place
        : throw new CrossStitchException($"The network has no parameters called '{name}'.{NearestName.Question(name, _places.Keys)}");

    /// <summary>Whether there is a block of that name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _places.ContainsKey(name);

    /// <summary>Takes over all numbers of a set of the same blocks.</summary>
    /// <param name="other">Whose.</param>
    public void CopyFrom(ParameterSet other)
    {
        for (var i = 0; i < Blocks.Count; i++)
        {
            other.Numbers(i).CopyTo(Numbers(i));
        }
    }

    /// <summary>Takes the numbers of a set of the same blocks away from these.</summary>
    /// <param name="other">Whose.</param>
    public void Subtract(ParameterSet other)
    {
        for (var i = 0; i < Blocks.Count; i++)
        {
            var numbers = Numbers(i);
            var less = other.Numbers(i);
            for (var k = 0; k < numbers.Length; k++)
            {
                numbers[k] -= less[k];
            }
        }
    }

    /// <summary>Sets all numbers to zero.</summary>
    public void Clear() => Array.Clear(_memory);

    /// <summary>Names the first number that is infinite or none, as <c>BLOCK: number I is NaN</c>; null if all are finite.</summary>
    internal string? FirstNotFinite()
    {
        for (var place = 0; place < Blocks.Count; place++)
        {
            if (Finite.FirstOther(Numbers(place)) is >= 0 and var at)
            {
                return $"{Blocks[place].Name}: number {at} is {Numbers(place)[at]}";
            }
        }

        return null;
    }

    /// <summary>The first number of a block, where it lies as long as this set is reachable.</summary>
    internal float* Pointer(int place) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory)) + _start + _offsets[place];
}
