namespace CrossStitch.Faces.Finding;

/// <summary>A gray photo at one scale.</summary>
/// <param name="Pixels">At least width × height gray levels, row by row; from the shared pool.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Scale">Pixels of the photo in a pixel of it.</param>
internal sealed record GrayLevel(byte[] Pixels, int Width, int Height, float Scale)
{
    /// <summary>A row of pixels.</summary>
    /// <param name="y">Which, from 0 at the top.</param>
    public ReadOnlySpan<byte> Row(int y) => Pixels.AsSpan(y * Width, Width);
}
