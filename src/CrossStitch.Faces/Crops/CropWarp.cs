using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CrossStitch.Faces.Crops;

/// <summary>
/// One similarity of the box onto itself. A point q of the result, from the box's centre, comes from
/// p = M·q + t of the patch, M = mirror · scale · rotation; a landmark p goes to q = M⁻¹·(p − t).
/// </summary>
internal readonly struct CropWarp
{
    private readonly bool _flip;
    private readonly double _xx;
    private readonly double _xy;
    private readonly double _yx;
    private readonly double _yy;
    private readonly double _shiftX;
    private readonly double _shiftY;

    /// <summary>A warp.</summary>
    /// <param name="flip">Whether the result is mirrored.</param>
    /// <param name="shiftX">Where in the patch the result's centre comes from, in box widths from the box's centre.</param>
    /// <param name="shiftY">The same, downwards.</param>
    /// <param name="scale">Size of a result's pixel in the patch's pixels: above 1 the face shrinks.</param>
    /// <param name="degrees">Rotation.</param>
    public CropWarp(bool flip, double shiftX, double shiftY, double scale, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * (Math.PI / 180));
        var mirror = flip ? -1 : 1;
        _flip = flip;
        _xx = mirror * scale * cos;
        _xy = mirror * scale * -sin;
        _yx = scale * sin;
        _yy = scale * cos;
        _shiftX = shiftX;
        _shiftY = shiftY;
    }

    /// <summary>Whether the result is mirrored.</summary>
    public bool IsMirrored => _flip;

    /// <summary>
    /// Samples the result from the patch, bilinearly; beyond the patch its edge pixels go on. Where the box is turned in the patch,
    /// which lies along the picture, the patch is turned back first, in one step with the warp.
    /// </summary>
    /// <param name="patch">The patch.</param>
    /// <param name="settings">How it was cropped.</param>
    /// <param name="pixels">Receives the crop.</param>
    /// <param name="turned">Degrees by which the box is turned in the patch, clockwise, about its centre.</param>
    public void Sample(ReadOnlySpan<byte> patch, CropSettings settings, Span<float> pixels, double turned = 0)
    {
        var size = settings.Input;
        var width = settings.PatchSize;

        // The centre of pixel i is at i + 0.5, in the patch as in the crop, and both centres coincide. All of it is exact
        // in floating point when the warp is the identity or a flip.
        var center = (width - 1) / 2f;
        var half = (size - 1) / 2f;
        var (sin, cos) = turned == 0 ? (0.0, 1.0) : Math.SinCos(turned * (Math.PI / 180));
        var (xx, yx) = ((float)((cos * _xx) - (sin * _yx)), (float)((sin * _xx) + (cos * _yx)));
        var (xy, yy) = ((float)((cos * _xy) - (sin * _yy)), (float)((sin * _xy) + (cos * _yy)));
        var centerX = center + (float)(((cos * _shiftX) - (sin * _shiftY)) * settings.Size);
        var centerY = center + (float)(((sin * _shiftX) + (cos * _shiftY)) * settings.Size);
        var last = width - 1f;
        ref var source = ref MemoryMarshal.GetReference(patch);
        for (var row = 0; row < size; row++)
        {
            var fromX = centerX + (xy * (row - half));
            var fromY = centerY + (yy * (row - half));
            var line = pixels.Slice(row * size, size);
            for (var column = 0; column < line.Length; column++)
            {
                var x = Math.Clamp(fromX + (xx * (column - half)), 0f, last);
                var y = Math.Clamp(fromY + (yx * (column - half)), 0f, last);

                // On the far edge the cell before it is used whole: no reading past the end.
                var left = Math.Min((int)x, width - 2);
                var top = Math.Min((int)y, width - 2);
                var right = x - left;
                var down = y - top;

                // Clamped above to the patch, whose size was checked; bounds checks would be a third of the time.
                ref var cell = ref Unsafe.Add(ref source, (top * width) + left);
                float a = cell;
                float b = Unsafe.Add(ref cell, 1);
                float c = Unsafe.Add(ref cell, width);
                float d = Unsafe.Add(ref cell, width + 1);
                var above = a + (right * (b - a));
                var below = c + (right * (d - c));
                line[column] = above + (down * (below - above));
            }
        }
    }

    /// <summary>Moves landmarks as <see cref="Sample"/> moves the picture.</summary>
    /// <param name="points">In box units.</param>
    /// <param name="numbers">Receives x1..x5, then y1..y5.</param>
    public void MapLandmarks(FaceLandmarks points, Span<float> numbers)
    {
        points.CopyTo(numbers);
        var determinant = (_xx * _yy) - (_xy * _yx);
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var x = numbers[i] - 0.5 - _shiftX;
            var y = numbers[FaceLandmarks.Count + i] - 0.5 - _shiftY;
            numbers[i] = (float)((((_yy * x) - (_xy * y)) / determinant) + 0.5);
            numbers[FaceLandmarks.Count + i] = (float)((((_xx * y) - (_yx * x)) / determinant) + 0.5);
        }

        if (_flip)
        {
            Exchange(numbers, Landmark.LeftEye, Landmark.RightEye);
            Exchange(numbers, Landmark.LeftMouthCorner, Landmark.RightMouthCorner);
        }
    }

    private static void Exchange(Span<float> numbers, Landmark left, Landmark right)
    {
        for (var axis = 0; axis < FaceLandmarks.Numbers; axis += FaceLandmarks.Count)
        {
            ref var a = ref numbers[axis + (int)left];
            ref var b = ref numbers[axis + (int)right];
            (a, b) = (b, a);
        }
    }
}
