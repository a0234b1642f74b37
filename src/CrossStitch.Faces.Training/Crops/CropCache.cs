using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>
/// Cropped faces, of a split or drawn, in one file, named for what they were made from. The file ends with a checksum of
/// everything before it; one that is cut short, altered or made from something else is not used.
/// </summary>
internal sealed class CropCache
{
    /// <summary>Goes up whenever crops or the format change, so that no older file is used.</summary>
    private const int Version = 4;

    private const string Extension = ".crops";
    private const int FilesKept = 16;

    private readonly string _folder;
    private readonly CropSettings _settings;
    private readonly byte[] _key;

    private CropCache(string folder, CropSettings settings, string source)
    {
        _folder = folder;
        _settings = settings;
        var made = string.Create(CultureInfo.InvariantCulture, $"crops {Version}; {source}; {settings.Size}+{settings.Margin}");
        _key = SHA256.HashData(Encoding.UTF8.GetBytes(made));
    }

    /// <summary><c>crossstitch/crops</c> in the user's cache folder; null where the user has none.</summary>
    public static string? DefaultFolder
    {
        get
        {
            var xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            var cache = Path.IsPathRooted(xdg) ? xdg
                : OperatingSystem.IsWindows() ? local
                : home.Length > 0 ? Path.Combine(home, ".cache") : "";
            return cache.Length > 0 ? Path.Combine(cache, "crossstitch", "crops") : null;
        }
    }

    /// <summary>Of the faces of an archive.</summary>
    public static CropCache OfSplit(string folder, MtflArchive archive, MtflSplit split, FaceLoadOptions options) => new(
        folder,
        options.Settings,
        $"{split} {archive.ContentKey(split)}; boxes {options.Boxes?.ContentKey ?? "none"}; skip {options.SkipInvalid}");

    /// <summary>Of faces that are cut again, each in a frame of its own.</summary>
    public static CropCache OfFrames(string folder, MtflArchive archive, MtflSplit split, FaceCropSet faces, FaceFrame[] frames, CropSettings settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(frames.AsSpan()));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', faces.Faces.Select(face => face.ImagePath))));
        return new(folder, settings, $"{split} {archive.ContentKey(split)}; frames {Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }

    /// <summary>Of drawn faces, which depend on the drawing code and, in a last bit here and there, on the platform.</summary>
    public static CropCache OfDrawn(string folder, int count, long seed, int drawing, CropSettings settings) => new(
        folder,
        settings,
        string.Create(CultureInfo.InvariantCulture, $"drawn {drawing} on {RuntimeInformation.RuntimeIdentifier}; {count} of seed {seed}"));

    private string FilePath => Path.Combine(_folder, Convert.ToHexStringLower(_key.AsSpan(0, 16)) + Extension);

    /// <summary>The faces; null if there is no file that can be trusted.</summary>
    public LoadedFaces? Read()
    {
        try
        {
            using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var header = new byte[_key.Length];
            if (!CropContent.IsWhole(file) || file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.AsSpan().SequenceEqual(_key))
            {
                return null;
            }

            var faces = CropContent.Read(file, _settings);
            MarkAsUsed(FilePath);
            return faces;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Keeps the faces. Where that cannot be, nothing happens: the next reading takes longer.</summary>
    public void Write(LoadedFaces faces)
    {
        try
        {
            AtomicFile.CreateFolder(_folder);
            AtomicFile.Write(FilePath, file => CropCacheFormat.WriteWithChecksum(file, _key, faces));
            RemoveOldest(_folder, Extension, FilesKept);
        }
        catch (Exception e) when (e is CrossStitchException or IOException or UnauthorizedAccessException)
        {
            // A cache is a convenience: a full disk or a folder that cannot be written must not stop the work.
        }
    }

    /// <summary>Makes a file the one used last: what is in daily use outlives sixteen files that were tried once.</summary>
    internal static void MarkAsUsed(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that may only be read is still good to read.
        }
    }

    /// <summary>Keeps the files used last. Each set of drawn faces or settings makes one of its own; without this they would pile up.</summary>
    internal static void RemoveOldest(string folder, string extension, int kept)
    {
        var oldest = new DirectoryInfo(folder).EnumerateFiles("*" + extension).OrderByDescending(file => file.LastWriteTimeUtc).Skip(kept);
        foreach (var file in oldest.ToList())
        {
            file.Delete();
        }
    }
}
