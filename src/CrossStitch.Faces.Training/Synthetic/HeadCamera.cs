using System.Numerics;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>Where a head is and how it is turned, and so where its points are in the picture.</summary>
internal sealed class HeadCamera
{
    private readonly Matrix4x4 _turn;
    private readonly Vector2 _center;
    private readonly float _distance;

    /// <summary>Looks at a head.</summary>
    /// <param name="yaw">Degrees; positive turns the nose to the right of the picture.</param>
    /// <param name="pitch">Degrees; positive turns it down.</param>
    /// <param name="roll">Degrees; positive turns the head clockwise.</param>
    /// <param name="center">Where the middle of the head is in the picture, in pixels.</param>
    /// <param name="scale">Pixels a head unit, at the middle of the head.</param>
    /// <param name="distance">Head units from the camera to the middle of the head.</param>
    public HeadCamera(float yaw, float pitch, float roll, Vector2 center, float scale, float distance)
    {
        const float Radian = MathF.PI / 180;
        _turn = Matrix4x4.CreateRotationY(yaw * Radian)
            * Matrix4x4.CreateRotationX(-pitch * Radian)
            * Matrix4x4.CreateRotationZ(roll * Radian);
        Yaw = yaw;
        _center = center;
        Scale = scale;
        _distance = distance;
    }

    /// <summary>Degrees that the head is turned; positive to the right of the picture.</summary>
    public float Yaw { get; }

    /// <summary>Pixels a head unit.</summary>
    public float Scale { get; }

    /// <summary>A direction of the head as the camera sees it: z towards the camera.</summary>
    /// <param name="direction">In the head's frame.</param>
    public Vector3 Turn(Vector3 direction) => Vector3.TransformNormal(direction, _turn);

    /// <summary>A point of the head in the picture.</summary>
    /// <param name="point">In the head's frame.</param>
    public SKPoint Project(Vector3 point)
    {
        var turned = Turn(point);
        var scale = Scale * _distance / (_distance - turned.Z);
        return new SKPoint(_center.X + (scale * turned.X), _center.Y + (scale * turned.Y));
    }

    /// <summary>A point of the head in the picture.</summary>
    /// <param name="point">In the head's frame.</param>
    public FacePoint Locate(Vector3 point)
    {
        var projected = Project(point);
        return new FacePoint(projected.X, projected.Y);
    }
}
