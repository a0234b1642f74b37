namespace CrossStitch.Kernels;

/// <summary>Where the parts of one memory lie, worked out before there is any, so that its size can be checked first.</summary>
internal sealed class FloatPlan
{
    private const int Unit = 16;

    /// <summary>Floats of all parts.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes that a <see cref="FloatBuffer"/> of that length takes.</summary>
    public long Bytes => (Length + FloatBuffer.Slack) * sizeof(float);

    /// <summary>Makes room for a part, on a cache line of its own and with the slack that kernels may touch.</summary>
    /// <param name="floats">How many floats.</param>
    /// <returns>Where it begins.</returns>
    public long Add(long floats)
    {
        var at = Length;
        Length += (floats + FloatBuffer.Slack + Unit - 1) / Unit * Unit;
        return at;
    }
}
