namespace CrossStitch.Faces.Training.Annotations;

/// <summary>Files by path, wherever they lie. Paths are those of <see cref="ArchivePath"/>.</summary>
internal interface IFileStore : IDisposable
{
    /// <summary>Folders right under the root.</summary>
    IEnumerable<string> Folders { get; }

    /// <summary>Each file's path and what changes when its content does, in ordinal order of paths.</summary>
    /// <param name="folder">Only the files below this folder; empty for all.</param>
    IEnumerable<(string Path, string Stamp)> Stamps(string folder);

    /// <summary>Whether there is such a file.</summary>
    /// <param name="path">Its path.</param>
    bool Contains(string path);

    /// <summary>A file's length in bytes.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="CrossStitchException">It is missing or unreadable.</exception>
    long Length(string path);

    /// <summary>A file's content. Safe to call from several threads.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="limit">The most bytes it may have.</param>
    /// <param name="room">Gives room for as many bytes, or more.</param>
    /// <exception cref="CrossStitchException">It is missing, too long or unreadable.</exception>
    ArraySegment<byte> Read(string path, int limit, Func<int, byte[]> room);
}
