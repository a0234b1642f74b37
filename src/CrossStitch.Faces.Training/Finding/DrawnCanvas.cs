using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>Gray levels to draw on, 0 to 1 and beyond.</summary>
/// <param name="width">Pixels across.</param>
/// <param name="height">Pixels down.</param>
internal sealed class DrawnCanvas(int width, int height)
{
    private float[] _pixels = new float[width * height];

    /// <summary>Pixels across.</summary>
    public int Width => width;

    /// <summary>Pixels down.</summary>
    public int Height => height;

    /// <summary>Fills it with cloudy noise: several octaves of a random lattice, smoothly interpolated.</summary>
    /// <param name="random">The randomness.</param>
    /// <param name="cell">Pixels in a cell of the first octave; each further one has half.</param>
    /// <param name="stretch">How much wider than high a cell is.</param>
    /// <param name="persistence">How much of an octave's strength the next has.</param>
    public void Noise(SeededRandom random, double cell, double stretch, double persistence)
    {
        Array.Fill(_pixels, 0.5f);
        var strength = 0.5;
        for (; cell >= 2; (cell, strength) = (cell / 2, strength * persistence))
        {
            var (across, down) = (Math.Max(2, cell * stretch), Math.Max(2, cell / stretch));
            var columns = (int)(width / across) + 2;
            var lattice = new float[columns * ((int)(height / down) + 2)];
            for (var i = 0; i < lattice.Length; i++)
            {
                lattice[i] = (float)(strength * random.NextBetween(-1, 1));
            }

            for (var y = 0; y < height; y++)
            {
                var (row, v) = Cell(y / down);
                for (var x = 0; x < width; x++)
                {
                    var (column, u) = Cell(x / across);
                    var at = (row * columns) + column;
                    var upper = lattice[at] + (u * (lattice[at + 1] - lattice[at]));
                    var lower = lattice[at + columns] + (u * (lattice[at + columns + 1] - lattice[at + columns]));
                    _pixels[(y * width) + x] += upper + (v * (lower - upper));
                }
            }
        }

        static (int Whole, float Share) Cell(double place)
        {
            var (whole, rest) = ((int)place, (float)(place - (int)place));
            return (whole, rest * rest * (3 - (2 * rest)));
        }
    }

    /// <summary>Changes every pixel.</summary>
    /// <param name="change">The new level of a level at a place.</param>
    public void Map(Func<float, int, int, float> change)
    {
        for (var i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = change(_pixels[i], i % width, i / width);
        }
    }

    /// <summary>Paints a shape.</summary>
    /// <param name="shape">The shape.</param>
    public void Paint(DrawnShape shape)
    {
        var reach = MathF.Sqrt((shape.Across * shape.Across) + (shape.Down * shape.Down)) + 1;
        var (sin, cos) = MathF.SinCos(shape.Angle);
        var edge = MathF.Max(0.5f, MathF.Min(shape.Across, shape.Down));
        for (var y = Math.Max(0, (int)(shape.Y - reach)); y < Math.Min(height, shape.Y + reach); y++)
        {
            for (var x = Math.Max(0, (int)(shape.X - reach)); x < Math.Min(width, shape.X + reach); x++)
            {
                var (right, lower) = (x + 0.5f - shape.X, y + 0.5f - shape.Y);
                var u = ((cos * right) + (sin * lower)) / shape.Across;
                var v = ((cos * lower) - (sin * right)) / shape.Down;
                var inside = Math.Clamp(((1 - shape.Radius(u, v)) * edge) + 0.5f, 0, 1);
                if (inside > 0)
                {
                    ref var pixel = ref _pixels[(y * width) + x];
                    var level = shape.Level + (shape.Slope * v) + (shape.Texture * (pixel - 0.5f));
                    pixel += inside * (level - pixel);
                }
            }
        }
    }

    /// <summary>Makes the right half the mirror image of the left one.</summary>
    public void Mirror() => Replace((x, y) => _pixels[(y * width) + Math.Min(x, width - 1 - x)]);

    /// <summary>Blurs it by a mean over 3×3 pixels.</summary>
    public void Blur()
    {
        Replace((x, y) => (_pixels[(y * width) + Math.Max(0, x - 1)] + _pixels[(y * width) + x] + _pixels[(y * width) + Math.Min(width - 1, x + 1)]) / 3);
        Replace((x, y) => (_pixels[(Math.Max(0, y - 1) * width) + x] + _pixels[(y * width) + x] + _pixels[(Math.Min(height - 1, y + 1) * width) + x]) / 3);
    }

    /// <summary>What is drawn, as an image.</summary>
    public GrayImage ToImage() => new(width, height, Array.ConvertAll(_pixels, pixel => (byte)Math.Clamp((255 * pixel) + 0.5f, 0, 255)));

    private void Replace(Func<int, int, float> level)
    {
        var replaced = new float[_pixels.Length];
        for (var i = 0; i < replaced.Length; i++)
        {
            replaced[i] = level(i % width, i / width);
        }

        _pixels = replaced;
    }
}
