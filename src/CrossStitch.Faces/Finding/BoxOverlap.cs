namespace CrossStitch.Faces.Finding;

/// <summary>How much two squares overlap.</summary>
public static class BoxOverlap
{
    /// <summary>Intersection over union: 0 where they do not touch, 1 where they are the same.</summary>
    /// <param name="first">A square.</param>
    /// <param name="second">Another one.</param>
    public static float Of(FaceBox first, FaceBox second)
    {
        var across = Shared(first.CenterX, first.Side, second.CenterX, second.Side);
        var down = Shared(first.CenterY, first.Side, second.CenterY, second.Side);
        if (across <= 0 || down <= 0)
        {
            return 0;
        }

        var both = across * down;
        return both / ((first.Side * first.Side) + (second.Side * second.Side) - both);
    }

    private static float Shared(float first, float side, float second, float otherSide) =>
        MathF.Min(first + (side / 2), second + (otherSide / 2)) - MathF.Max(first - (side / 2), second - (otherSide / 2));
}
