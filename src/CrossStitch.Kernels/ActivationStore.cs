using System.Runtime.InteropServices;

namespace CrossStitch.Kernels;

/// <summary>What the forward pass leaves for the backward pass, a slot an image.</summary>
internal sealed unsafe class ActivationStore : IDisposable
{
    /// <summary>Images behind the last that the forward kernel may read, eight positions at a time, and not use.</summary>
    private const int Overread = 7;

    /// <summary>Winners behind the last that the backward kernel may read, a vector of 64 at a time, and not use.</summary>
    private const int WinnersSlack = 64;

    private readonly StageGeometry[] _stages;
    private readonly int _inputFloats;
    private readonly FloatBuffer _input;
    private readonly FloatBuffer[][] _outputs;
    private readonly byte*[][] _winners;

    public ActivationStore(StageGeometry[] stages, int inputFloats, int towers, int slots)
    {
        (_stages, _inputFloats, Slots) = (stages, inputFloats, slots);
        _input = new FloatBuffer((long)inputFloats * (slots + Overread));
        _outputs = [.. Enumerable.Range(0, towers).Select(_ => stages.Select(stage => new FloatBuffer((long)stage.OutputFloats * (slots + Overread))).ToArray())];
        _winners = new byte*[towers][];
        for (var tower = 0; tower < towers; tower++)
        {
            _winners[tower] = new byte*[stages.Length];
            for (var s = 0; s < stages.Length; s++)
            {
                _winners[tower][s] = (byte*)NativeMemory.AllocZeroed(((nuint)stages[s].OutputFloats * (nuint)slots) + WinnersSlack);
            }
        }
    }

    ~ActivationStore() => Free();

    /// <summary>How many images it has room for.</summary>
    public int Slots { get; }

    public float* Input(int slot) => _input.Pointer + ((long)slot * _inputFloats);

    /// <summary>A stage's own output.</summary>
    public float* Output(int tower, int stage, int slot) => _outputs[tower][stage].Pointer + ((long)slot * _stages[stage].OutputFloats);

    /// <summary>Which of four positions each output came from, or that ReLU stopped it.</summary>
    public byte* Winners(int tower, int stage, int slot) => _winners[tower][stage] + ((long)slot * _stages[stage].OutputFloats);

    public void Dispose()
    {
        _input.Dispose();
        foreach (var buffer in _outputs.SelectMany(tower => tower))
        {
            buffer.Dispose();
        }

        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        foreach (var tower in _winners)
        {
            for (var s = 0; s < tower.Length; s++)
            {
                NativeMemory.Free(tower[s]);
                tower[s] = null;
            }
        }
    }
}
