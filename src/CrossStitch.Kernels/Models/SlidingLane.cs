namespace CrossStitch.Kernels.Models;

/// <summary>What a call of a <see cref="SlidingRunner"/> computes in: a network a size of picture, the last ones that were used.</summary>
/// <param name="runner">Whose.</param>
internal sealed unsafe class SlidingLane(SlidingRunner runner) : IDisposable
{
    private readonly WorkerTeam _team = new(1);

    /// <summary>The one that was used last comes last.</summary>
    private readonly List<SlidingProgram> _programs = [];

    /// <summary>Computes every head at every place.</summary>
    /// <param name="picture">[channels, rows, columns].</param>
    /// <param name="rows">Rows of places.</param>
    /// <param name="columns">Columns of places.</param>
    /// <param name="output">Receives what the heads say.</param>
    public void Run(ReadOnlySpan<float> picture, int rows, int columns, NetworkOutput output)
    {
        var program = For(rows, columns);
        fixed (float* from = picture)
        {
            program.Run(from, output);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _programs.ForEach(program => program.Dispose());
        _programs.Clear();
        _team.Dispose();
    }

    private SlidingProgram For(int rows, int columns)
    {
        var at = _programs.FindIndex(known => known.Rows == rows && known.Columns == columns);
        SlidingProgram program;
        if (at >= 0)
        {
            program = _programs[at];
            _programs.RemoveAt(at);
        }
        else
        {
            if (_programs.Count == SlidingRunner.KeptSizes)
            {
                _programs[0].Dispose();
                _programs.RemoveAt(0);
            }

            program = new SlidingProgram(runner, rows, columns, _team);
        }

        _programs.Add(program);
        return program;
    }
}
