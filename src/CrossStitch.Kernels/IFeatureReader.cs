namespace CrossStitch.Kernels;

/// <summary>Takes features as they come, some images at a time.</summary>
internal unsafe interface IFeatureReader
{
    /// <summary>Takes the features of some images. Called by several threads at once, for different images.</summary>
    /// <param name="first">The first of them in its batch.</param>
    /// <param name="images">How many.</param>
    /// <param name="features">[towers, images, features].</param>
    void Read(int first, int images, float* features);
}
