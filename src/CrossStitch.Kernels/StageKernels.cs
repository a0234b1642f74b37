using System.Runtime.Intrinsics;
using CrossStitch.Kernels.Convolutions;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels;

/// <summary>The kernels of a stage, in vectors of the width that its layout is for.</summary>
internal abstract unsafe class StageKernels
{
    /// <summary>The kernels for a width.</summary>
    /// <param name="width">Which.</param>
    public static StageKernels For(VectorWidth width) => width switch
    {
        VectorWidth.Sixteen => new Of<Lanes16, Vector512<float>>(),
        VectorWidth.Eight => new Of<Lanes8, Vector256<float>>(),
        _ => new Of<Lanes4, Vector128<float>>(),
    };

    /// <inheritdoc cref="WinogradConvolution.TransformWeights"/>
    public abstract void TransformWeights(StageGeometry geometry, float* direct, float* transformed);

    /// <summary>Computes a stage's output.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="input">The first image's input.</param>
    /// <param name="images">How many images; their inputs and outputs lie one after the other.</param>
    /// <param name="output">The first image's output.</param>
    /// <param name="winners">Which of the four positions passed, a byte an output; null if nobody will ask.</param>
    /// <param name="scratch">Room for <see cref="Winograd.Scratch"/> floats.</param>
    /// <param name="direct">Whether to leave Winograd's algorithm aside.</param>
    /// <param name="share">Which part of the output to compute.</param>
    public abstract void Forward(StageGeometry geometry, StageParameters parameters, float* input, int images, float* output, byte* winners, float* scratch, bool direct, Share share);

    /// <inheritdoc cref="ConvolutionBackward.Weights"/>
    public abstract void WeightGradient(StageGeometry geometry, float* input, byte* winners, float* gradient, int images, float* weightGradient, float* biasGradient);

    /// <inheritdoc cref="ConvolutionBackward.Input"/>
    public abstract void InputGradient(StageGeometry geometry, float* weights, byte* winners, float* gradient, int images, float* inputGradient);

    /// <inheritdoc cref="StitchKernel.Forward"/>
    public abstract void Mix(int towers, int pixels, int channels, float* alpha, float** inputs, float** outputs);

    /// <inheritdoc cref="StitchKernel.Backward"/>
    public abstract void MixGradient(int towers, int pixels, int channels, float* alpha, float** inputs, float** outputGradients, float** inputGradients, float* alphaGradient);

    private sealed class Of<TLanes, TVector> : StageKernels
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public override void TransformWeights(StageGeometry geometry, float* direct, float* transformed)
        {
            if (geometry.WinogradSize == WinogradOfFour.Outputs)
            {
                WinogradConvolution.TransformWeights<WinogradOfFour, TLanes, TVector>(geometry, direct, transformed);
            }
            else if (geometry.WinogradSize == WinogradOfThree.Outputs)
            {
                WinogradConvolution.TransformWeights<WinogradOfThree, TLanes, TVector>(geometry, direct, transformed);
            }
            else if (geometry.WinogradSize == WinogradOfTwo.Outputs)
            {
                WinogradConvolution.TransformWeights<WinogradOfTwo, TLanes, TVector>(geometry, direct, transformed);
            }
        }

        public override void Forward(StageGeometry geometry, StageParameters parameters, float* input, int images, float* output, byte* winners, float* scratch, bool direct, Share share)
        {
            if (PictureConvolution.Takes(geometry))
            {
                PictureConvolution.Run<TLanes, TVector>(geometry, input, images, parameters.Direct, parameters.Bias, output, winners, share);
            }
            else if (geometry.WinogradSize == 0 || direct)
            {
                DirectConvolution.Run<TLanes, TVector>(geometry, input, images, parameters.Direct, parameters.Bias, output, winners, scratch, share);
            }
            else if (geometry.WinogradSize == WinogradOfFour.Outputs)
            {
                WinogradConvolution.Run<WinogradOfFour, TLanes, TVector>(geometry, input, images, parameters.Transformed, parameters.Bias, output, winners, scratch, share);
            }
            else if (geometry.WinogradSize == WinogradOfThree.Outputs)
            {
                WinogradConvolution.Run<WinogradOfThree, TLanes, TVector>(geometry, input, images, parameters.Transformed, parameters.Bias, output, winners, scratch, share);
            }
            else
            {
                WinogradConvolution.Run<WinogradOfTwo, TLanes, TVector>(geometry, input, images, parameters.Transformed, parameters.Bias, output, winners, scratch, share);
            }
        }

        public override void WeightGradient(StageGeometry geometry, float* input, byte* winners, float* gradient, int images, float* weightGradient, float* biasGradient) =>
            ConvolutionBackward.Weights<TLanes, TVector>(geometry, input, winners, gradient, images, weightGradient, biasGradient);

        public override void InputGradient(StageGeometry geometry, float* weights, byte* winners, float* gradient, int images, float* inputGradient) =>
            ConvolutionBackward.Input<TLanes, TVector>(geometry, weights, winners, gradient, images, inputGradient);

        public override void Mix(int towers, int pixels, int channels, float* alpha, float** inputs, float** outputs) =>
            StitchKernel.Forward<TLanes, TVector>(towers, pixels, channels, alpha, inputs, outputs);

        public override void MixGradient(int towers, int pixels, int channels, float* alpha, float** inputs, float** outputGradients, float** inputGradients, float* alphaGradient) =>
            StitchKernel.Backward<TLanes, TVector>(towers, pixels, channels, alpha, inputs, outputGradients, inputGradients, alphaGradient);
    }
}
