namespace CrossStitch.Kernels.Models;

/// <summary>
/// What every head of a network says of a batch. It may be filled again and again, by one call at a time, and then takes new
/// memory only for a larger batch than any before.
/// </summary>
/// <param name="model">The network.</param>
public sealed class NetworkOutput(NetworkModel model)
{
    private readonly float[][] _numbers = [.. model.Heads.Select(_ => Array.Empty<float>())];

    /// <summary>The network.</summary>
    public NetworkModel Model { get; } = model;

    /// <summary>How many examples the last batch had; 0 before the first.</summary>
    public int Batch { get; internal set; }

    /// <summary>What a head said: [batch, outputs]. The next batch is written over it.</summary>
    /// <param name="head">Its number in <see cref="NetworkModel.Heads"/>.</param>
    public ReadOnlySpan<float> this[int head] => _numbers[head].AsSpan(0, Batch * Model.Heads[head].Outputs);

    /// <summary>What a head said: [batch, outputs]. The next batch is written over it.</summary>
    /// <param name="head">Its name.</param>
    /// <exception cref="ArgumentException">The network has no such head.</exception>
    public ReadOnlySpan<float> this[string head]
    {
        get
        {
            for (var h = 0; h < _numbers.Length; h++)
            {
                if (string.Equals(Model.Heads[h].Name, head, StringComparison.Ordinal))
                {
                    return this[h];
                }
            }

            throw new ArgumentException($"The network has no head '{head}'; it has {string.Join(", ", Model.Heads.Select(known => known.Name))}.", nameof(head));
        }
    }

    /// <summary>Room for what a head will say.</summary>
    /// <param name="head">Its number.</param>
    /// <param name="batch">How many examples.</param>
    /// <exception cref="ArgumentException">So many numbers fit into no array.</exception>
    internal Memory<float> Room(int head, int batch)
    {
        var length = (long)batch * Model.Heads[head].Outputs;
        if (length > Array.MaxLength)
        {
            throw new ArgumentException($"{batch} examples of {Model.Heads[head].Outputs} outputs are {length} numbers, and there is room for {Array.MaxLength}.", nameof(batch));
        }

        if (length > _numbers[head].Length)
        {
            // The numbers of the last batch are not worth copying.
            _numbers[head] = new float[length];
            Batch = 0;
        }

        return _numbers[head];
    }
}
