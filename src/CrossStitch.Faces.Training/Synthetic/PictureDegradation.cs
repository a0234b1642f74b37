using CrossStitch.Kernels;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>What a cheap camera does to a picture: uneven light, blur, poor exposure, noise.</summary>
internal static class PictureDegradation
{
    /// <summary>Darkens part of a picture softly, as a shadow does.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="size">Pixels across.</param>
    /// <param name="random">Where and how dark.</param>
    public static void CastShadow(SKCanvas canvas, int size, SeededRandom random)
    {
        if (!random.NextBool(0.35))
        {
            return;
        }

        var from = new SKPoint((float)random.NextBetween(0.2, 0.8) * size, (float)random.NextBetween(0.2, 0.8) * size);
        var angle = random.NextBetween(0, Math.Tau);
        var reach = random.NextBetween(0.05, 0.4) * size;
        var to = new SKPoint(from.X + (float)(reach * Math.Cos(angle)), from.Y + (float)(reach * Math.Sin(angle)));
        using var shader = SKShader.CreateLinearGradient(
            from, to, [SKColors.Black.WithAlpha(0), SKColors.Black.WithAlpha((byte)random.Next(60, 170))], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawPaint(paint);
    }

    /// <summary>How blurred a picture is: the deviation of the blur in pixels, 0 for sharp.</summary>
    /// <param name="random">Where it comes from.</param>
    public static float DrawBlur(SeededRandom random) => random.NextBool(0.6) ? (float)random.NextBetween(0.3, 2) : 0;

    /// <summary>Changes exposure and adds noise, in place.</summary>
    /// <param name="pixels">Bytes of red, green, blue and opacity, in any order of the colours.</param>
    /// <param name="random">How much.</param>
    public static void Expose(Span<byte> pixels, SeededRandom random)
    {
        var gain = random.NextBetween(0.6, 1.15);
        var lift = random.NextBetween(-10, 50);
        var noise = random.NextBool(0.7) ? random.NextBetween(2, 13) : 0;
        for (var i = 0; i < pixels.Length; i += 4)
        {
            // One draw a pixel: four 16-bit numbers, whose sum is close to normal with deviation 65536/√3.
            var bits = random.NextBits();
            var sum = (int)((bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48)) - 131070;
            var grain = lift + (noise * sum * (1.732 / 65536));
            pixels[i] = Clip((gain * pixels[i]) + grain);
            pixels[i + 1] = Clip((gain * pixels[i + 1]) + grain);
            pixels[i + 2] = Clip((gain * pixels[i + 2]) + grain);
        }
    }

    private static byte Clip(double value) => (byte)Math.Clamp(value + 0.5, 0, 255);
}
