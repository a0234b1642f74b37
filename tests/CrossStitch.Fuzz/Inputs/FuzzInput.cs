namespace CrossStitch.Fuzz.Inputs;

/// <summary>What a reader is given.</summary>
/// <param name="Name">Which of the target's parts it is, such as a file of a folder; letters, digits, dots, dashes and commas.</param>
/// <param name="Form">What it is made of.</param>
/// <param name="Bytes">The content.</param>
internal sealed record FuzzInput(string Name, InputForm Form, byte[] Bytes)
{
    /// <summary>Whether it is only given as it is: one that takes long must not be chosen again and again.</summary>
    public bool OnlyWhole { get; init; }
}
