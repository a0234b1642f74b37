using CrossStitch.Faces.Boxes;
using CrossStitch.Faces.Crops;

namespace CrossStitch.Faces.Synthetic;

/// <summary>Crops drawn pictures: each pixel of a patch is the mean of bilinear samples spread over its area.</summary>
internal static class PatchSampler
{
    /// <summary>Samples a patch; beyond the picture its edge pixels go on.</summary>
    /// <param name="pixels">The picture's gray levels.</param>
    /// <param name="width">Pixels across it and down it.</param>
    /// <param name="box">Where the face is.</param>
    /// <param name="settings">How to crop it.</param>
    /// <param name="patch">Receives the patch.</param>
    public static void Sample(ReadOnlySpan<byte> pixels, int width, FaceBox box, CropSettings settings, Span<byte> patch)
    {
        var step = box.Side / settings.Size;
        var samples = Math.Max(1, (int)MathF.Ceiling(step));
        for (var row = 0; row < settings.PatchSize; row++)
        {
            for (var column = 0; column < settings.PatchSize; column++)
            {
                var sum = 0f;
                for (var sample = 0; sample < samples * samples; sample++)
                {
                    var x = column - settings.Margin + (((sample % samples) + 0.5f) / samples);
                    var y = row - settings.Margin + (((sample / samples) + 0.5f) / samples);
                    sum += At(pixels, width, box.Left + (x * step) - 0.5f, box.Top + (y * step) - 0.5f);
                }

                patch[(row * settings.PatchSize) + column] = (byte)((sum / (samples * samples)) + 0.5f);
            }
        }
    }

    private static float At(ReadOnlySpan<byte> pixels, int width, float x, float y)
    {
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, width - 1);
        var (left, top) = (Math.Min((int)x, width - 2), Math.Min((int)y, width - 2));
        var (right, down) = (x - left, y - top);
        var row = (top * width) + left;
        var above = pixels[row] + (right * (pixels[row + 1] - pixels[row]));
        var below = pixels[row + width] + (right * (pixels[row + width + 1] - pixels[row + width]));
        return above + (down * (below - above));
    }
}
