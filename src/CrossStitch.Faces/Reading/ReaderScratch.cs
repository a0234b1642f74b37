using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Reading;

/// <summary>What one call of a reader computes in; used again by the next.</summary>
/// <param name="model">The network.</param>
internal sealed class ReaderScratch(NetworkModel model)
{
    private float[] _input = [];

    /// <summary>Receives what the network says.</summary>
    public NetworkOutput Output { get; } = new(model);

    /// <summary>Room for the input of a batch.</summary>
    /// <param name="batch">How many faces.</param>
    public Span<float> Input(int batch)
    {
        var length = batch * Output.Model.InputLength;
        if (_input.Length < length)
        {
            _input = new float[length];
        }

        return _input.AsSpan(0, length);
    }
}
