using System.Numerics;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>A surface as a grid of points, shaded by one light and drawn from back to front.</summary>
internal sealed class GridMesh
{
    private readonly Vector3[] _points;
    private readonly int _columns;
    private readonly Vector3[] _normals;
    private readonly SKPoint[] _projected;
    private readonly float[] _depths;
    private readonly SKColor[] _colors;

    /// <summary>Projects and shades a grid.</summary>
    /// <param name="points">In the head's frame, row by row; rows go down, columns to the right as seen from outside.</param>
    /// <param name="columns">Points a row.</param>
    /// <param name="camera">Who looks.</param>
    /// <param name="light">What shines.</param>
    /// <param name="paint">Colour of a point of the head before light.</param>
    public GridMesh(Vector3[] points, int columns, HeadCamera camera, HeadLight light, Func<Vector3, Vector3> paint)
    {
        _points = points;
        _columns = columns;
        _normals = new Vector3[points.Length];
        _projected = new SKPoint[points.Length];
        _depths = new float[points.Length];
        _colors = new SKColor[points.Length];
        var rows = points.Length / columns;
        for (var i = 0; i < points.Length; i++)
        {
            var (row, column) = (i / columns, i % columns);
            var across = points[column + 1 < columns ? i + 1 : i] - points[column > 0 ? i - 1 : i];
            var down = points[row + 1 < rows ? i + columns : i] - points[row > 0 ? i - columns : i];
            var normal = Vector3.Cross(across, down);
            _normals[i] = camera.Turn(normal.LengthSquared() > 1e-12f ? Vector3.Normalize(normal) : Vector3.UnitY);
            _projected[i] = camera.Project(points[i]);
            _depths[i] = camera.Turn(points[i]).Z;
            _colors[i] = light.Shade(paint(points[i]), _normals[i]);
        }
    }

    /// <summary>Draws the part that faces the camera, nearest last.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="where">Which points; a cell is drawn if its four corners are.</param>
    public void DrawFront(SKCanvas canvas, Func<Vector3, bool>? where = null) => Draw(canvas, facing: true, where);

    /// <summary>Draws the part that faces away: the inside of the far half.</summary>
    /// <param name="canvas">Where.</param>
    public void DrawBack(SKCanvas canvas) => Draw(canvas, facing: false, where: null);

    private void Draw(SKCanvas canvas, bool facing, Func<Vector3, bool>? where)
    {
        var cells = new List<int>(_points.Length);
        var depths = new List<float>(_points.Length);
        for (var i = 0; i < _points.Length - _columns; i++)
        {
            if (i % _columns == _columns - 1 || FacesCamera(i) != facing)
            {
                continue;
            }

            ReadOnlySpan<int> corners = [i, i + 1, i + _columns, i + _columns + 1];
            var (inside, depth) = (true, 0f);
            foreach (var corner in corners)
            {
                inside &= where is null || where(_points[corner]);
                depth += _depths[corner];
            }

            if (inside)
            {
                cells.Add(i);
                depths.Add(depth);
            }
        }

        if (cells.Count == 0)
        {
            return;
        }

        var order = cells.ToArray();
        Array.Sort(depths.ToArray(), order);
        var indices = new ushort[6 * order.Length];
        for (var cell = 0; cell < order.Length; cell++)
        {
            var (a, c) = ((ushort)order[cell], (ushort)(order[cell] + _columns));
            var (b, d) = ((ushort)(a + 1), (ushort)(c + 1));
            ReadOnlySpan<ushort> corners = [a, b, c, b, d, c];
            corners.CopyTo(indices.AsSpan(6 * cell));
        }

        using var vertices = SKVertices.CreateCopy(SKVertexMode.Triangles, _projected, null, _colors, indices);
        using var paint = new SKPaint();
        canvas.DrawVertices(vertices, SKBlendMode.Dst, paint);
    }

    /// <summary>Whether a cell's corners go round clockwise in the picture.</summary>
    private bool FacesCamera(int cell)
    {
        var across = _projected[cell + _columns + 1] - _projected[cell];
        var down = _projected[cell + _columns] - _projected[cell + 1];
        return (across.X * down.Y) - (across.Y * down.X) > 0;
    }
}
