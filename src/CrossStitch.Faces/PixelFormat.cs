namespace CrossStitch.Faces;

/// <summary>How the bytes of a pixel are to be understood.</summary>
public enum PixelFormat
{
    /// <summary>One byte: the gray level.</summary>
    Gray,

    /// <summary>Three bytes: red, green, blue.</summary>
    Rgb,

    /// <summary>Three bytes: blue, green, red, as OpenCV and Windows bitmaps have them.</summary>
    Bgr,

    /// <summary>Four bytes: red, green, blue, and one that is ignored.</summary>
    Rgba,

    /// <summary>Four bytes: blue, green, red, and one that is ignored, as cameras and windows have them.</summary>
    Bgra,
}
