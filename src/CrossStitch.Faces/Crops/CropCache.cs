using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Annotations;

namespace CrossStitch.Faces.Crops;

/// <summary>
/// Cropped faces of one split in one file, named for what they were made from. The file ends with a checksum of
/// everything before it; one that is cut short, altered or made from something else is not used.
/// </summary>
internal sealed class CropCache
{
    /// <summary>Goes up whenever crops or the format change, so that no older file is used.</summary>
    private const int Version = 1;

    private const string Extension = ".crops";
    private const int FilesKept = 16;

    private readonly string _folder;
    private readonly CropSettings _settings;
    private readonly byte[] _key;

    public CropCache(string folder, MtflArchive archive, MtflSplit split, FaceLoadOptions options)
    {
        _folder = folder;
        _settings = options.Settings;
        var made = string.Create(
            CultureInfo.InvariantCulture,
            $"crops {Version}; {split} {archive.ContentKey(split)}; boxes {options.Boxes?.ContentKey ?? "none"}; {_settings.Size}+{_settings.Margin}; skip {options.SkipInvalid}");
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

    private string FilePath => Path.Combine(_folder, Convert.ToHexStringLower(_key.AsSpan(0, 16)) + Extension);

    /// <summary>The faces; null if there is no file that can be trusted.</summary>
    public LoadedFaces? Read()
    {
        try
        {
            using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            var header = new byte[_key.Length];
            file.ReadExactly(header);
            if (!header.AsSpan().SequenceEqual(_key) || file.Length > Array.MaxLength || file.Length < _key.Length + SHA256.HashSizeInBytes)
            {
                return null;
            }

            var content = new byte[(int)file.Length - _key.Length];
            file.ReadExactly(content);
            var payload = content.AsSpan()[..^SHA256.HashSizeInBytes];
            return Checksum(payload).AsSpan().SequenceEqual(content.AsSpan(payload.Length))
                ? CropCacheFormat.Read(content, payload.Length, _settings)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Keeps the faces. Where that cannot be, nothing happens: the next reading takes longer.</summary>
    public void Write(LoadedFaces faces)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            var temporary = Path.Combine(_folder, Path.GetRandomFileName() + Extension);
            try
            {
                var payload = CropCacheFormat.Write(faces);
                using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                    file.Write(_key);
                    file.Write(payload);
                    file.Write(Checksum(payload));
                }

                File.Move(temporary, FilePath, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            RemoveOldest();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // A cache is a convenience: a full disk or a folder that cannot be written must not stop the work.
        }
    }

    private byte[] Checksum(ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_key);
        hash.AppendData(payload);
        return hash.GetHashAndReset();
    }

    // Each set of drawn faces or settings makes a file of its own; without this they would pile up.
    private void RemoveOldest()
    {
        var oldest = new DirectoryInfo(_folder).EnumerateFiles("*" + Extension).OrderByDescending(file => file.LastWriteTimeUtc).Skip(FilesKept);
        foreach (var file in oldest.ToList())
        {
            file.Delete();
        }
    }
}
