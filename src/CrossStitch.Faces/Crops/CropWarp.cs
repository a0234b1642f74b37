using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CrossStitch.Faces.Crops;

/// <summary>
/// One affine map of the box onto itself. A point q of the result, from the box's centre, comes from
/// p = M·q + t of the patch, M = mirror · scale · rotation · stretch; a landmark p goes to q = M⁻¹·(p − t).
/// </summary>
internal readonly struct CropWarp
{
    /// <summary>Pixels of a row that are sampled together: whole vectors on every machine, and more than most rows have.</summary>
    private const int Run = 64;

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
    /// <param name="stretch">How much narrower the face becomes, and as much taller, as the logarithm of the factor; its area stays.</param>
    /// <param name="shear">How far a point one box width below the centre comes from beside it, in box widths.</param>
    public CropWarp(bool flip, double shiftX, double shiftY, double scale, double degrees, double stretch = 0, double shear = 0)
    {
        var (sin, cos) = Math.SinCos(degrees * (Math.PI / 180));
        var mirror = flip ? -1 : 1;
        _flip = flip;
        _xx = mirror * scale * cos;
        _xy = mirror * scale * -sin;
        _yx = scale * sin;
        _yy = scale * cos;
        if (stretch != 0 || shear != 0)
        {
            // Before the rotation: [xx xy; yx yy] · [along shear; 0 1/along].
            var along = Math.Exp(stretch);
            (_xx, _xy) = (_xx * along, (_xx * shear) + (_xy / along));
            (_yx, _yy) = (_yx * along, (_yx * shear) + (_yy / along));
        }

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

        // A pixel's arithmetic is the same in a vector of any length, and so are its bits. Only finding the bytes goes one by one.
        Span<Vector<int>> cells = stackalloc Vector<int>[Run / Vector<int>.Count];
        Span<Vector<float>> rights = stackalloc Vector<float>[cells.Length];
        Span<Vector<float>> downs = stackalloc Vector<float>[cells.Length];
        for (var row = 0; row < size; row++)
        {
            var fromX = centerX + (xy * (row - half));
            var fromY = centerY + (yy * (row - half));
            for (var first = 0; first < size; first += Run)
            {
                var line = pixels.Slice((row * size) + first, Math.Min(Run, size - first));
                var used = (line.Length + Vector<int>.Count - 1) / Vector<int>.Count;
                Locate((fromX, xx, fromY, yx), first - half, width, cells[..used], rights, downs);
                Gather(patch, width, MemoryMarshal.Cast<Vector<int>, int>(cells)[..line.Length]);
                Blend(cells[..used], rights, downs);
                MemoryMarshal.Cast<Vector<float>, float>(rights)[..line.Length].CopyTo(line);
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

    /// <summary>Where pixels of a row come from: the upper left pixel of four, and how far beyond it.</summary>
    /// <param name="from">x = X + XX·i and y = Y + YX·i of the patch.</param>
    /// <param name="i">Of the first pixel.</param>
    /// <param name="width">Of the patch.</param>
    /// <param name="cells">Receives the places of upper left pixels.</param>
    /// <param name="rights">Receives shares of a pixel to the right.</param>
    /// <param name="downs">Receives shares of a pixel downwards.</param>
    private static void Locate((float X, float XX, float Y, float YX) from, float i, int width, Span<Vector<int>> cells, Span<Vector<float>> rights, Span<Vector<float>> downs)
    {
        var last = new Vector<float>(width - 1f);

        // On the far edge the cell before it is used whole: no reading past the end.
        var (least, most) = (Vector<int>.Zero, new Vector<int>(width - 2));
        var along = new Vector<float>(i) + Vector.ConvertToSingle(Vector<int>.Indices);
        for (var v = 0; v < cells.Length; v++)
        {
            var x = Vector.ClampNative(new Vector<float>(from.X) + (from.XX * along), Vector<float>.Zero, last);
            var y = Vector.ClampNative(new Vector<float>(from.Y) + (from.YX * along), Vector<float>.Zero, last);

            // Clamped as whole numbers, too, so that nothing, NaN included, leads out of the patch.
            var left = Vector.ClampNative(Vector.ConvertToInt32Native(x), least, most);
            var top = Vector.ClampNative(Vector.ConvertToInt32Native(y), least, most);
            cells[v] = (top * width) + left;
            rights[v] = x - Vector.ConvertToSingle(left);
            downs[v] = y - Vector.ConvertToSingle(top);
            along += new Vector<float>(Vector<float>.Count);
        }
    }

    /// <summary>The four pixels of each cell.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="width">Pixels across it.</param>
    /// <param name="cells">Places of upper left pixels, in the patch; receives the four, the upper left one in the lowest byte, then those right of it, below it and across.</param>
    private static void Gather(ReadOnlySpan<byte> patch, int width, Span<int> cells)
    {
        // Clamped to the patch, whose size was checked; bounds checks would be a third of the time.
        ref var source = ref MemoryMarshal.GetReference(patch);
        foreach (ref var cell in cells)
        {
            ref var corner = ref Unsafe.Add(ref source, cell);
            var (above, below) = (Unsafe.ReadUnaligned<ushort>(ref corner), Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref corner, width)));
            if (!BitConverter.IsLittleEndian)
            {
                (above, below) = (BinaryPrimitives.ReverseEndianness(above), BinaryPrimitives.ReverseEndianness(below));
            }

            cell = above | (below << 16);
        }
    }

    /// <summary>Between the four pixels of each cell.</summary>
    /// <param name="cells">From <see cref="Gather"/>.</param>
    /// <param name="rights">Shares of a pixel to the right; receives the gray levels.</param>
    /// <param name="downs">Shares of a pixel downwards.</param>
    private static void Blend(ReadOnlySpan<Vector<int>> cells, Span<Vector<float>> rights, ReadOnlySpan<Vector<float>> downs)
    {
        var lowest = new Vector<int>(byte.MaxValue);
        for (var v = 0; v < cells.Length; v++)
        {
            var (cell, right) = (cells[v], rights[v]);
            var a = Vector.ConvertToSingle(cell & lowest);
            var b = Vector.ConvertToSingle((cell >>> 8) & lowest);
            var c = Vector.ConvertToSingle((cell >>> 16) & lowest);
            var d = Vector.ConvertToSingle(cell >>> 24);
            var above = a + (right * (b - a));
            var below = c + (right * (d - c));
            rights[v] = above + (downs[v] * (below - above));
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
