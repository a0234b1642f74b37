using System.Runtime.InteropServices;

namespace CrossStitch.Kernels;

/// <summary>Between TorchSharp's order, channels first, and the kernels', channels last.</summary>
internal static unsafe class ChannelOrder
{
    /// <summary>[images, channels, pixels] to [images, pixels, channels].</summary>
    /// <param name="from">Channels first.</param>
    /// <param name="to">Channels last.</param>
    /// <param name="images">How many images.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="pixels">Rows × columns.</param>
    public static void ToLast(float* from, float* to, int images, int channels, int pixels)
    {
        if (channels == 1)
        {
            NativeMemory.Copy(from, to, (nuint)((long)images * pixels * sizeof(float)));
            return;
        }

        for (var image = 0; image < images; image++, from += channels * pixels, to += channels * pixels)
        {
            for (var c = 0; c < channels; c++)
            {
                for (var p = 0; p < pixels; p++)
                {
                    to[(p * channels) + c] = from[(c * pixels) + p];
                }
            }
        }
    }

    /// <summary>A stage's output to features: [images, real channels × positions].</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="activations">Its output as stored.</param>
    /// <param name="features">Receives the features.</param>
    /// <param name="images">How many images.</param>
    public static void ToFeatures(StageGeometry stage, float* activations, float* features, int images)
    {
        for (var image = 0; image < images; image++, activations += stage.OutputFloats, features += stage.Stage.Channels * stage.Positions)
        {
            for (var c = 0; c < stage.Stage.Channels; c++)
            {
                for (var p = 0; p < stage.Positions; p++)
                {
                    features[(c * stage.Positions) + p] = activations[(p * stage.Channels) + c];
                }
            }
        }
    }

    /// <summary>The way back of <see cref="ToFeatures"/>, for gradients; channels that are none stay as they are.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="features">Of the features.</param>
    /// <param name="activations">Receives them as stored.</param>
    /// <param name="images">How many images.</param>
    public static void FromFeatures(StageGeometry stage, float* features, float* activations, int images)
    {
        for (var image = 0; image < images; image++, activations += stage.OutputFloats, features += stage.Stage.Channels * stage.Positions)
        {
            for (var c = 0; c < stage.Stage.Channels; c++)
            {
                for (var p = 0; p < stage.Positions; p++)
                {
                    activations[(p * stage.Channels) + c] = features[(c * stage.Positions) + p];
                }
            }
        }
    }
}
