namespace CrossStitch.Fuzz.Targets;

/// <summary>A reader accepted what it must not, or its result is not what was promised.</summary>
/// <param name="message">What; the same for all inputs of a kind.</param>
/// <param name="detail">What is known of this one.</param>
internal sealed class BrokenPromiseException(string message, string detail = "") : Exception(message)
{
    /// <summary>Throws if something does not hold.</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="what">What is wrong if not; the same for all inputs of a kind.</param>
    /// <param name="detail">What is known of this one.</param>
    public static void Unless(bool holds, string what, string detail = "")
    {
        if (!holds)
        {
            throw new BrokenPromiseException(what, detail);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{detail}\n{base.ToString()}";
}
