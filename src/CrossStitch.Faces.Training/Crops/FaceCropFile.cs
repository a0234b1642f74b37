using CrossStitch.Faces.Crops;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>
/// Cropped faces as a file of their own, to travel with what was made from them: the version of
/// the format, the size and margin of the crops, the faces, and a SHA-256 of it all.
/// </summary>
public static class FaceCropFile
{
    // Below zero, where the first version had the size of the crops.
    private const int Version = -3;
    private const int VersionWithoutNames = -2;
    private const int SettingsLength = 3 * sizeof(int);
    private const string Remedy = "delete the file and run its study again";

    /// <summary>Writes faces; an existing file is replaced when the new one is whole.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="faces">The faces.</param>
    /// <exception cref="CrossStitchException">It cannot be written; an existing file is as it was.</exception>
    public static void Save(string path, FaceCropSet faces)
    {
        var settings = new byte[SettingsLength];
        BitConverter.TryWriteBytes(settings, Version);
        BitConverter.TryWriteBytes(settings.AsSpan(sizeof(int)), faces.Settings.Size);
        BitConverter.TryWriteBytes(settings.AsSpan(2 * sizeof(int)), faces.Settings.Margin);
        AtomicFile.Write(path, file => CropCacheFormat.WriteWithChecksum(file, settings, new LoadedFaces(faces, new Boxes.BoxCounts(0, 0, 0), [], FromCache: false)));
    }

    /// <summary>Reads faces.</summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="CrossStitchException">The file is missing, damaged or something else, or holds what no faces can be.</exception>
    public static FaceCropSet Load(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (file.Length < SettingsLength || !CropContent.IsWhole(file))
            {
                throw new CrossStitchException($"{path}: the cropped faces are damaged (their checksum does not match); {Remedy}.");
            }

            // Version 0.1.0 began with the settings, whose numbers are positive.
            using var reader = new BinaryReader(file);
            var version = reader.ReadInt32();
            var first = version > 0;
            if (!first && version is not (Version or VersionWithoutNames))
            {
                throw new CrossStitchException($"{path}: the cropped faces were written by a later version of the program; use that one, or {Remedy}.");
            }

            var settings = new FaceCropper(CropSettings.Of(first ? version : reader.ReadInt32(), reader.ReadInt32())).Settings;
            return CropContent.Read(file, settings, pictures: !first, attributes: version == Version).Faces;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or EndOfStreamException)
        {
            throw new CrossStitchException($"{path}: these are no cropped faces ({error.Message.Split(" (Parameter")[0].TrimEnd('.')}); {Remedy}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OutOfMemoryException or NotSupportedException)
        {
            throw new CrossStitchException($"{path}: the cropped faces cannot be read: {FileProblem.Reason(error)}.", error);
        }
    }
}
