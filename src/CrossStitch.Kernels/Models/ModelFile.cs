using CrossStitch.Kernels.Files;

namespace CrossStitch.Kernels.Models;

/// <summary>
/// A trained network in one file, <c>.xstitch</c>: a preamble, a JSON header, the weights as little-endian 32-bit floats,
/// and the SHA-256 of it all. docs/model-file.md describes it byte by byte. Reading trusts nothing: sizes are checked
/// before memory is asked for, and whatever is wrong with a file is a <see cref="ModelFileException"/>.
/// </summary>
public static class ModelFile
{
    /// <summary>The extension of the file's name.</summary>
    public const string Extension = ".xstitch";

    /// <summary>The version of the format that is written. It is read, and so is every one before it, from 1.</summary>
    public const int Version = 2;

    /// <summary>Writes a file: first beside it, then over it, so that a kill or a power cut leaves the old one or the new one.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">Where to.</param>
    /// <exception cref="ModelFileException">The model is none that can be run, or the file cannot be written.</exception>
    public static void Save(NetworkModel model, string path)
    {
        var bytes = Bytes(model);
        try
        {
            PendingFile.Write(path, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{path}: the model cannot be written: {error.Message}", inner: error);
        }
    }

    /// <summary>Writes a model to a stream; the same one is always the same bytes.</summary>
    /// <param name="model">The network.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <exception cref="ModelFileException">The model is none that can be run.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Save(NetworkModel model, Stream stream) => stream.Write(Bytes(model));

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="ModelFileException">It is missing, damaged, of a newer version, or no model at all.</exception>
    public static NetworkModel Load(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new ModelReader(file, path).Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{path}: the model cannot be read: {error.Message}", inner: error);
        }
    }

    /// <summary>Reads a model from a stream, which must end with it.</summary>
    /// <param name="stream">Where from; it stays open.</param>
    /// <exception cref="ModelFileException">It is damaged, of a newer version, or no model at all.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static NetworkModel Load(Stream stream) => new ModelReader(stream, "model").Read();

    private static byte[] Bytes(NetworkModel model)
    {
        try
        {
            return ModelWriter.Write(model);
        }
        catch (FormatException error)
        {
            throw new ModelFileException($"The model cannot be saved: {error.Message}.", inner: error);
        }
    }
}
