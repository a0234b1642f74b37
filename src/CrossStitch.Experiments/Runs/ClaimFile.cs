namespace CrossStitch.Experiments.Runs;

/// <summary>
/// The file of a run's claim. It is made by one process only, changed in place by its owner only, and goes by being renamed:
/// a process that was too slow then writes to a file that nobody looks at, and never over the claim of another.
/// </summary>
/// <param name="folder">The run's folder.</param>
internal sealed class ClaimFile(string folder)
{
    /// <summary>Its name. One that is being removed has more behind it.</summary>
    public const string Name = ".claim";

    /// <summary>The most characters of a claim; what is longer is none.</summary>
    private const int MostText = 4096;

    // Without this, the framework itself locks what it opens.
    private const FileShare Everyone = FileShare.ReadWrite | FileShare.Delete;

    private readonly string _path = Path.Combine(folder, Name);

    /// <summary>What it says now; null if it is not there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string? Read() => Read(_path);

    /// <summary>Makes it; false if it is there already.</summary>
    /// <param name="owner">Whose it will be.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public bool TryCreate(ClaimOwner owner)
    {
        FileStream file;
        try
        {
            file = new FileStream(_path, FileMode.CreateNew, FileAccess.Write, Everyone, 0);
        }
        catch (IOException) when (File.Exists(_path))
        {
            return false;
        }

        try
        {
            using (file)
            {
                file.Write(owner.ToBytes());
            }
        }
        catch (IOException)
        {
            File.Delete(_path);
            throw;
        }

        return true;
    }

    /// <summary>Writes its owner's next beat; false if it is not the owner's any more.</summary>
    /// <param name="owner">The owner.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public bool TryBeat(ClaimOwner owner)
    {
        try
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, Everyone, 0);
            if (ClaimOwner.Parse(Read(file))?.Owner != owner.Owner)
            {
                return false;
            }

            file.Position = 0;
            file.Write(owner.ToBytes());
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Removes it; false if it is not there or not the one that is meant, which then stays.</summary>
    /// <param name="isMeant">Whether it is the one, by what it says.</param>
    /// <exception cref="IOException">It cannot be renamed or deleted.</exception>
    public bool TryRemove(Func<string, bool> isMeant)
    {
        var aside = $"{_path}.{Guid.NewGuid():N}";
        try
        {
            // Only "overwrite" is one call to the system; else two processes could both think that it was them.
            File.Move(_path, aside, overwrite: true);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        var removed = isMeant(Read(aside) ?? "");
        if (!removed)
        {
            try
            {
                File.Move(aside, _path);
                return false;
            }
            catch (IOException) when (File.Exists(_path))
            {
                // A third process has claimed the run meanwhile; the owner of this one will notice.
            }
        }

        File.Delete(aside);
        return removed;
    }

    /// <summary>
    /// Removes what processes of this machine left behind that were killed while they removed a claim; the caller has this
    /// machine's lock, so none of them lives. What a power cut has left of a claim says nobody's name, and is nobody's.
    /// </summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void RemoveLeftovers()
    {
        foreach (var aside in Directory.GetFiles(folder, Name + ".*").Where(path => ClaimOwner.Parse(Read(path) ?? "") is null or { IsHere: true }))
        {
            File.Delete(aside);
        }
    }

    private static string? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, Everyone, 0);
            return Read(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string Read(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var text = new char[MostText];
        return new string(text, 0, reader.ReadBlock(text));
    }
}
