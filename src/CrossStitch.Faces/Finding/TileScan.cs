using System.Buffers;
using System.Runtime.ExceptionServices;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// The finder's network over the levels of a pyramid, cut into tiles that stay in cache and that threads share. Places are
/// centred 4, 12, 20 … pixels from a level's edges (with a stride of 8), so that faces at the edges are seen as well.
/// </summary>
internal sealed class TileScan
{
    /// <summary>From one level to the next.</summary>
    private const float Step = 1.41421356f;

    /// <summary>The most places across or down a tile.</summary>
    private const int MostPlaces = 31;

    private readonly SlidingRunner _runner;
    private readonly float _nominal;
    private readonly int _window;
    private readonly FinderHeads _heads;

    /// <summary>Prepares it.</summary>
    /// <param name="runner">The network.</param>
    /// <param name="nominal">The side of the box that it is trained for, in pixels of its input.</param>
    public TileScan(SlidingRunner runner, float nominal)
    {
        (_runner, _nominal, _window) = (runner, nominal, runner.Model.Shape.InputWidth);
        _heads = new FinderHeads(runner.Model);
    }

    /// <summary>The scales at which faces are looked for: each serves sides of 2^(±1/4) times the nominal one.</summary>
    /// <param name="smallest">Side of the smallest box, in pixels of the photo.</param>
    /// <param name="largest">Side of the largest box.</param>
    public IReadOnlyList<float> ScalesFor(float smallest, float largest)
    {
        var scales = new List<float>();
        var half = MathF.Sqrt(Step);
        for (var scale = smallest * half / _nominal; scales.Count == 0 || scale * _nominal / half < largest; scale *= Step)
        {
            scales.Add(scale);
        }

        return scales;
    }

    /// <summary>Runs the network everywhere.</summary>
    /// <param name="pyramid">The levels.</param>
    /// <param name="minimumScore">Candidates of a lower score are left out.</param>
    /// <param name="threads">Threads that share the tiles.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The candidates, in the order of levels and places.</returns>
    public List<Candidate> Run(GrayPyramid pyramid, float minimumScore, int threads, CancellationToken cancellation)
    {
        List<Tile> tiles = [.. pyramid.Levels.SelectMany(Tiles)];
        var found = new List<Candidate>?[tiles.Count];
        if (threads == 1)
        {
            var output = new NetworkOutput(_runner.Model);
            for (var i = 0; i < tiles.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                found[i] = Run(tiles[i], minimumScore, output);
            }
        }
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
            try
            {
                Parallel.For(0, tiles.Count, parallel, () => new NetworkOutput(_runner.Model), (i, _, output) =>
                {
                    found[i] = Run(tiles[i], minimumScore, output);
                    return output;
                }, _ => { });
            }
            catch (AggregateException error) when (error.InnerExceptions.FirstOrDefault(inner => inner is ObjectDisposedException) is { } disposed)
            {
                // As with one thread.
                ExceptionDispatchInfo.Throw(disposed);
            }
        }

        return [.. found.Where(some => some is not null).SelectMany(some => some!)];
    }

    private IEnumerable<Tile> Tiles(GrayLevel level)
    {
        var (rows, columns) = (Places(level.Height), Places(level.Width));
        var (down, across) = (TileOf(rows), TileOf(columns));
        for (var row = 0; row < rows; row += down)
        {
            for (var column = 0; column < columns; column += across)
            {
                yield return new Tile(level, row, column, down, across);
            }
        }

        int Places(int pixels) => (pixels + _runner.Stride - 1) / _runner.Stride;
    }

    /// <summary>As many places as make tiles of one size; an odd number, with which stages have sides that are multiples of four.</summary>
    private static int TileOf(int places)
    {
        var tiles = (places + MostPlaces - 1) / MostPlaces;
        return ((places + tiles - 1) / tiles) | 1;
    }

    private List<Candidate>? Run(Tile tile, float minimumScore, NetworkOutput output)
    {
        var (height, width) = (_runner.HeightOf(tile.Rows), _runner.WidthOf(tile.Columns));
        var offset = (_runner.Stride - _window) / 2;
        var (top, left) = ((tile.Row * _runner.Stride) + offset, (tile.Column * _runner.Stride) + offset);
        var input = ArrayPool<float>.Shared.Rent(height * width);
        try
        {
            var picture = input.AsSpan(0, height * width);
            for (var y = 0; y < height; y++)
            {
                Copy(tile.Level.Row(Math.Clamp(top + y, 0, tile.Level.Height - 1)), left, picture.Slice(y * width, width));
            }

            _runner.Model.Input.Normalize(picture);
            _runner.Run(picture, tile.Rows, tile.Columns, output);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input);
        }

        return Read(tile, top, left, minimumScore, output);
    }

    /// <summary>A row of a level from a column on; beyond the level lie copies of its edge pixels.</summary>
    private static void Copy(ReadOnlySpan<byte> row, int first, Span<float> to)
    {
        for (var x = 0; x < to.Length; x++)
        {
            to[x] = row[Math.Clamp(first + x, 0, row.Length - 1)];
        }
    }

    private List<Candidate>? Read(Tile tile, int top, int left, float minimumScore, NetworkOutput output)
    {
        List<Candidate>? found = null;
        var scale = tile.Level.Scale;
        for (var place = 0; place < output.Batch; place++)
        {
            var x = (left + (place % tile.Columns * _runner.Stride) + (_window / 2f)) * scale;
            var y = (top + (place / tile.Columns * _runner.Stride) + (_window / 2f)) * scale;
            if (_heads.Read(output, place, x, y, _nominal * scale, new FaceBox(x, y, _window * scale, BoxSource.Detector), minimumScore) is { } candidate)
            {
                (found ??= []).Add(candidate);
            }
        }

        return found;
    }

    /// <summary>Some places of a level.</summary>
    /// <param name="Level">The level.</param>
    /// <param name="Row">The first row of places.</param>
    /// <param name="Column">The first column of places.</param>
    /// <param name="Rows">How many rows of places.</param>
    /// <param name="Columns">How many columns of places.</param>
    private readonly record struct Tile(GrayLevel Level, int Row, int Column, int Rows, int Columns);
}
