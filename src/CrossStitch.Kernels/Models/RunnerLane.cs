using CrossStitch.Kernels.Heads;

namespace CrossStitch.Kernels.Models;

/// <summary>What a call of a runner computes in.</summary>
/// <param name="model">The network.</param>
/// <param name="team">Its threads; whoever made it disposes it.</param>
/// <param name="sizes">The sizes that it may have, from the largest.</param>
internal sealed unsafe class RunnerLane(PackedModel model, WorkerTeam team, (InferenceSize Size, long Bytes)[] sizes) : IDisposable
{
    private readonly HeadPredictions _heads = model.NewHeads();
    private InferenceProgram? _program;
    private InferenceSize _size;

    /// <summary>Bytes that are set aside for it.</summary>
    public long Bytes { get; private set; }

    /// <summary>Sets memory aside for a batch: as much as it goes fastest with, or as there is.</summary>
    /// <param name="batch">How many examples.</param>
    /// <param name="left">Bytes that there are beyond those that it has.</param>
    /// <returns>Whether it has to be made anew.</returns>
    public bool SetAside(int batch, long left)
    {
        var wanted = InferenceSize.For(batch, team.Count);
        foreach (var (size, bytes) in sizes)
        {
            if (bytes <= Bytes)
            {
                break;
            }

            if (size.Images <= wanted.Images && (wanted.Spread || !size.Spread) && bytes <= Bytes + left)
            {
                (Bytes, _size) = (bytes, size);
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes it anew, of the size for which memory was set aside.</summary>
    public void Make()
    {
        _program?.Dispose();
        _program = null;
        _program = model.NewProgram(team, _size);
    }

    /// <summary>Runs a batch.</summary>
    /// <param name="input">[batch, channels, rows, columns].</param>
    /// <param name="batch">How many examples.</param>
    /// <param name="output">Receives what the heads say.</param>
    public void Run(float* input, int batch, NetworkOutput output)
    {
        for (var h = 0; h < _heads.Outputs.Length; h++)
        {
            _heads.Outputs[h] = output.Room(h, batch);
        }

        _program!.Run(input, batch, _heads);
        output.Batch = batch;

        // The output is the caller's; nothing here may keep it.
        Array.Clear(_heads.Outputs);
    }

    /// <summary>Gives its memory back.</summary>
    public void Dispose()
    {
        _program?.Dispose();
        (_program, Bytes) = (null, 0);
    }
}
