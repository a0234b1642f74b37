namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>
/// A folder that drawn faces are written to. They are gathered in a folder inside it, and take the place of ones drawn
/// before when all are there: whatever stops the writing, the earlier ones are whole. Nobody else's file is touched.
/// </summary>
/// <remarks>
/// What was gathered is complete once it holds the file <c>complete</c>. A process that is killed while it moves the files
/// to their places leaves that behind, and the next one moves the rest before it does anything else. One that is killed
/// earlier leaves an incomplete gathering, which the next one removes. A power cut is a kill: each step is on the disk
/// before the next one begins.
/// </remarks>
internal sealed class DrawnTarget : IDisposable
{
    private const string Gathering = ".crossstitch-new";
    private const string Lock = "lock";
    private const string Complete = "complete";
    private const string Replaced = "replaced";

    // What is gathered has other names than an archive's, so that nobody reads it as one.
    private const string Suffix = ".new";

    private readonly string _path;
    private readonly string _new;
    private readonly bool _isNew;
    private readonly WriteLock _lock;

    /// <summary>Checks that a folder can be written, and creates it where it is missing.</summary>
    /// <exception cref="CrossStitchException">It is a file, holds faces that were not drawn, or another process is writing it.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public DrawnTarget(string path)
    {
        _path = path;
        _new = Path.Combine(path, Gathering);
        if (File.Exists(path))
        {
            throw new CrossStitchException($"{path}: a file has that name. Name a folder, or a file that ends in .zip.");
        }

        RefuseForeignGathering();
        _isNew = !Directory.Exists(path);
        AtomicFile.CreateFolder(_new);
        try
        {
            _lock = new WriteLock(Path.Combine(_new, Lock), path);
        }
        catch
        {
            RemoveFolders();
            throw;
        }

        try
        {
            if (File.Exists(Path.Combine(_new, Complete)))
            {
                MoveAll();
            }

            DrawnFiles.CheckFolder(path);
            RemoveGathered();
            Directory.CreateDirectory(Path.Combine(_new, DrawnFiles.Pictures));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static IEnumerable<string> TopFiles => DrawnFiles.Lists.Append(DrawnFiles.Boxes);

    /// <summary>Gathers a file.</summary>
    /// <param name="name">Its path in the folder.</param>
    /// <param name="bytes">Its content.</param>
    public void Add(string name, byte[] bytes) => Write(TopFiles.Contains(name) ? name + Suffix : name, bytes);

    /// <summary>Says that all is gathered, and puts it in its place.</summary>
    public void Commit()
    {
        // Once more: somebody may have put something there while the faces were drawn.
        DrawnFiles.CheckFolder(_path);
        AtomicFile.FlushFolder(Path.Combine(_new, DrawnFiles.Pictures));
        AtomicFile.FlushFolder(_new);
        Write(Complete, []);
        AtomicFile.FlushFolder(_new);
        MoveAll();
    }

    /// <summary>Removes what was gathered, unless it is in its place or on its way there.</summary>
    public void Dispose()
    {
        if (!File.Exists(Path.Combine(_new, Complete)))
        {
            RemoveGathered();
        }

        _lock.Dispose();
        RemoveFolders();
    }

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // Another process has begun to write there.
        }
    }

    /// <summary>
    /// Moves what is gathered and not yet moved. The old lists go first and the new ones come last, so that at no moment
    /// the folder is an archive of lists of one and pictures of the other.
    /// </summary>
    private void MoveAll()
    {
        var pictures = (New: Path.Combine(_new, DrawnFiles.Pictures), Place: Path.Combine(_path, DrawnFiles.Pictures));
        if (Directory.Exists(pictures.New))
        {
            foreach (var file in TopFiles)
            {
                File.Delete(Path.Combine(_path, file));
            }

            AtomicFile.FlushFolder(_path);
            if (Directory.Exists(pictures.Place))
            {
                Directory.Move(pictures.Place, Path.Combine(_new, Replaced));
            }

            Directory.Move(pictures.New, pictures.Place);
            FlushBoth();
        }

        foreach (var file in TopFiles.Reverse().Where(file => File.Exists(Path.Combine(_new, file + Suffix))))
        {
            File.Move(Path.Combine(_new, file + Suffix), Path.Combine(_path, file), overwrite: true);
        }

        FlushBoth();
        File.Delete(Path.Combine(_new, Complete));
        AtomicFile.FlushFolder(_new);
        RemoveGathered();
    }

    private void FlushBoth()
    {
        AtomicFile.FlushFolder(_path);
        AtomicFile.FlushFolder(_new);
    }

    // Anew, so that nobody's link is followed.
    private void Write(string name, byte[] bytes)
    {
        using var file = new FileStream(Path.Combine(_new, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    // All but the lock, which others may wait for.
    private void RemoveGathered()
    {
        foreach (var folder in new[] { Path.Combine(_new, DrawnFiles.Pictures), Path.Combine(_new, Replaced) }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var file in TopFiles)
        {
            File.Delete(Path.Combine(_new, file + Suffix));
        }
    }

    private void RemoveFolders()
    {
        RemoveIfEmpty(_new);
        if (_isNew)
        {
            RemoveIfEmpty(_path);
        }
    }

    private void RefuseForeignGathering()
    {
        string[] ours = [Lock, Complete, Replaced, DrawnFiles.Pictures, .. TopFiles.Select(file => file + Suffix)];
        if (File.Exists(_new) || new DirectoryInfo(_new).LinkTarget is not null
            || (Directory.Exists(_new) && Directory.EnumerateFileSystemEntries(_new).Select(Path.GetFileName).Except(ours).Any()))
        {
            throw DrawnFiles.Foreign(_new);
        }
    }
}
