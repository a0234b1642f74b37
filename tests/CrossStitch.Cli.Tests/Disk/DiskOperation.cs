namespace CrossStitch.Cli.Tests.Disk;

/// <summary>A call that changed the disk.</summary>
/// <param name="Name">create, mkdir, write, truncate, fsync, rename, link, unlink or rmdir.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="Target">What a rename made of it.</param>
/// <param name="Offset">Where a write began, or how long a file was made.</param>
/// <param name="Bytes">What was written.</param>
internal sealed record DiskOperation(string Name, string Path, string Target, long Offset, byte[] Bytes)
{
    /// <summary>Reads what the library wrote down.</summary>
    public static IReadOnlyList<DiskOperation> Read(string log)
    {
        var operations = new List<DiskOperation>();
        var bytes = File.ReadAllBytes(log);
        for (var at = 0; at < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            var fields = System.Text.Encoding.UTF8.GetString(bytes, at, end - at).Split('\t');
            var length = int.Parse(fields[4], System.Globalization.CultureInfo.InvariantCulture);
            operations.Add(new(fields[0], fields[1], fields[2], long.Parse(fields[3], System.Globalization.CultureInfo.InvariantCulture), bytes[(end + 1)..(end + 1 + length)]));
            at = end + 1 + length;
        }

        return operations;
    }
}
