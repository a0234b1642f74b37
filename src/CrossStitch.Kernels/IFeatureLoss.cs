namespace CrossStitch.Kernels;

/// <summary>What stands between the features of a program's towers and their gradient: heads and losses.</summary>
internal unsafe interface IFeatureLoss
{
    /// <summary>Takes the features of some images of a batch. Called by several workers at once, for different images.</summary>
    /// <param name="worker">Which worker asks, from 0: what it adds up must be its own.</param>
    /// <param name="first">The first image's place in the batch.</param>
    /// <param name="images">How many images.</param>
    /// <param name="features">[towers, images, features].</param>
    /// <param name="gradients">Receives the loss's gradient by the features: [towers, images, features].</param>
    void Run(int worker, int first, int images, float* features, float* gradients);
}
