namespace CrossStitch.Faces.Skia;

/// <summary>As what a photo with its faces is saved.</summary>
public enum OverlayFormat
{
    /// <summary>PNG: every pixel as it is.</summary>
    Png,

    /// <summary>JPEG: a tenth of the size.</summary>
    Jpeg,
}
