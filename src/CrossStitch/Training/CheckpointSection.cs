namespace CrossStitch.Training;

/// <summary>A section of a checkpoint: written and read by its owner, and read to its end.</summary>
internal static class CheckpointSection
{
    /// <summary>What an owner writes.</summary>
    /// <param name="save">Writes it.</param>
    public static byte[] Bytes(Action<BinaryWriter> save)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        save(writer);
        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>Lets an owner read its section.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="section">What it holds; nothing where the checkpoint has none.</param>
    /// <param name="isNeeded">Whether to read it though it is empty.</param>
    /// <param name="load">Reads it.</param>
    /// <exception cref="CrossStitchException">It holds something else, or more or less.</exception>
    public static void Read(string name, byte[] section, bool isNeeded, Action<BinaryReader> load)
    {
        try
        {
            var content = new MemoryStream(section);
            if (isNeeded || section.Length > 0)
            {
                load(new BinaryReader(content));
            }

            if (content.Position != section.Length)
            {
                throw new FormatException($"it has {section.Length} bytes, and {content.Position} of them were read");
            }
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException or ArithmeticException or InvalidOperationException)
        {
            throw new CrossStitchException($"The checkpoint holds nothing that '{name}' can go on with ({error.Message.TrimEnd('.')}); use the recipe it was made with.", error);
        }
    }
}
