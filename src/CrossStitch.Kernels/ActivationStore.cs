using System.Runtime.InteropServices;

namespace CrossStitch.Kernels;

/// <summary>What the forward pass leaves for the backward pass, a slot an image.</summary>
internal sealed unsafe class ActivationStore : IDisposable
{
    /// <summary>Images behind the last that the forward kernel may read, four positions at a time, and not use.</summary>
    private const int Overread = 3;

    private readonly StageGeometry[] _stages;
    private readonly int _inputFloats;
    private readonly FloatBuffer _input;
    private readonly FloatBuffer[][] _outputs;
    private readonly FloatBuffer[][] _mixed;
    private readonly byte*[][] _argmax;

    public ActivationStore(StageGeometry[] stages, int inputFloats, int towers, bool stitched, int slots)
    {
        (_stages, _inputFloats, Slots) = (stages, inputFloats, slots);
        FloatBuffer[][] ForEach() => [.. Enumerable.Range(0, towers).Select(_ => stages.Select(stage => new FloatBuffer((long)stage.OutputFloats * (slots + Overread))).ToArray())];
        _input = new FloatBuffer((long)inputFloats * (slots + Overread));
        _outputs = ForEach();
        _mixed = stitched ? ForEach() : _outputs;
        _argmax = new byte*[towers][];
        for (var tower = 0; tower < towers; tower++)
        {
            _argmax[tower] = new byte*[stages.Length];
            for (var s = 0; s < stages.Length; s++)
            {
                _argmax[tower][s] = (byte*)NativeMemory.AllocZeroed((nuint)stages[s].OutputFloats, (nuint)slots);
            }
        }
    }

    ~ActivationStore() => Free();

    /// <summary>How many images it has room for.</summary>
    public int Slots { get; }

    public float* Input(int slot) => _input.Pointer + ((long)slot * _inputFloats);

    /// <summary>A stage's own output.</summary>
    public float* Output(int tower, int stage, int slot) => _outputs[tower][stage].Pointer + ((long)slot * _stages[stage].OutputFloats);

    /// <summary>What the next stage reads: the mix where towers are stitched, else the output itself.</summary>
    public float* Mixed(int tower, int stage, int slot) => _mixed[tower][stage].Pointer + ((long)slot * _stages[stage].OutputFloats);

    /// <summary>Which of four positions each output came from.</summary>
    public byte* Argmax(int tower, int stage, int slot) => _argmax[tower][stage] + ((long)slot * _stages[stage].OutputFloats);

    public void Dispose()
    {
        _input.Dispose();
        foreach (var buffer in _outputs.Concat(_mixed).SelectMany(tower => tower))
        {
            buffer.Dispose();
        }

        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        foreach (var tower in _argmax)
        {
            for (var s = 0; s < tower.Length; s++)
            {
                NativeMemory.Free(tower[s]);
                tower[s] = null;
            }
        }
    }
}
