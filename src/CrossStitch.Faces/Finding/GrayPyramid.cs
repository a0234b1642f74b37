using System.Buffers;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// A gray photo at the scales of a search, each √2 smaller than the one before. The first two are resampled from the photo;
/// every other one is the mean of 2×2 pixels of the one before the last.
/// </summary>
internal sealed class GrayPyramid : IDisposable
{
    private readonly List<GrayLevel> _levels = [];

    /// <summary>Makes it.</summary>
    /// <param name="photo">Gray.</param>
    /// <param name="scales">Pixels of the photo in a pixel of each level.</param>
    /// <param name="cancellation">Stops it.</param>
    public GrayPyramid(PhotoPixels photo, IReadOnlyList<float> scales, CancellationToken cancellation)
    {
        try
        {
            for (var k = 0; k < scales.Count; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                _levels.Add(k < 2 ? LevelScaler.Scale(photo, scales[k]) : Half(_levels[k - 2]));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The levels, from the largest.</summary>
    public IReadOnlyList<GrayLevel> Levels => _levels;

    /// <inheritdoc/>
    public void Dispose()
    {
        _levels.ForEach(level => ArrayPool<byte>.Shared.Return(level.Pixels));
        _levels.Clear();
    }

    private static GrayLevel Half(GrayLevel from)
    {
        var (width, height) = ((from.Width + 1) / 2, (from.Height + 1) / 2);
        var to = ArrayPool<byte>.Shared.Rent(width * height);
        for (var y = 0; y < height; y++)
        {
            var upper = from.Row(2 * y);
            var lower = from.Row(Math.Min((2 * y) + 1, from.Height - 1));
            var row = to.AsSpan(y * width, width);
            for (var x = 0; x < from.Width / 2; x++)
            {
                row[x] = (byte)((upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1] + 2) / 4);
            }

            if (from.Width % 2 == 1)
            {
                row[^1] = (byte)((upper[^1] + lower[^1] + 1) / 2);
            }
        }

        return new GrayLevel(to, width, height, 2 * from.Scale);
    }
}
