using System.Globalization;
using CrossStitch.Faces.Crops;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>How many cropped faces there can be: their pixels are one array, and training splits them into a second.</summary>
internal static class FaceMemory
{
    private const int Copies = 2;

    /// <summary>Room for the pixels of faces.</summary>
    /// <param name="faces">How many.</param>
    /// <param name="settings">How they are cropped.</param>
    /// <exception cref="CrossStitchException">There are more than fit into an array, or into memory.</exception>
    public static byte[] Allocate(long faces, CropSettings settings)
    {
        Check(faces, settings);
        try
        {
            return new byte[faces * PatchLength(settings)];
        }
        catch (OutOfMemoryException error)
        {
            throw new CrossStitchException($"{Count(faces)} faces do not fit into the memory that is free. Take fewer faces.", error);
        }
    }

    /// <summary>Refuses a number of faces that cannot be had, before any work is done for it.</summary>
    /// <param name="faces">How many.</param>
    /// <param name="settings">How they are cropped.</param>
    /// <exception cref="CrossStitchException">There are more than fit into an array, or into memory.</exception>
    public static void Check(long faces, CropSettings settings)
    {
        var most = Most(settings);
        if (faces > most)
        {
            throw new CrossStitchException($"{Count(faces)} faces are too many: at most {Count(most)} crops of {settings.PatchSize}×{settings.PatchSize} pixels fit into memory here. Take fewer faces.");
        }
    }

    /// <summary>The most faces that can be had.</summary>
    /// <param name="settings">How they are cropped.</param>
    public static long Most(CropSettings settings) =>
        Math.Min(Array.MaxLength, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Copies) / PatchLength(settings);

    private static long PatchLength(CropSettings settings) => (long)settings.PatchSize * settings.PatchSize;

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
