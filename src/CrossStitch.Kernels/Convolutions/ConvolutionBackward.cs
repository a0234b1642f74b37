using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>
/// Gradients of a stage. Max pooling sends an output's gradient to one position in four, and ReLU stops about half of
/// them, so the dense arithmetic is eight times what is needed. Which outputs pass is kept as bits: a word of channels
/// for every position and place in its pool (input), turned into a word of positions for every channel (weights).
/// </summary>
internal static unsafe class ConvolutionBackward
{
    /// <summary>Gradients of weights and biases, added to what is there.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="input">The first image's input.</param>
    /// <param name="winners">Which position each output came from, or <see cref="StageOutput.Stopped"/>.</param>
    /// <param name="gradient">The first image's gradient of the outputs.</param>
    /// <param name="images">How many images.</param>
    /// <param name="weightGradient">[channels, weight row].</param>
    /// <param name="biasGradient">[channels].</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights<TLanes, TVector>(StageGeometry geometry, float* input, byte* winners, float* gradient, int images, float* weightGradient, float* biasGradient)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var channels = geometry.Channels;
        var positions = geometry.Positions * images;
        for (var c = 0; c < channels; c += TLanes.Count)
        {
            var sum = TLanes.Load(biasGradient + c);
            for (nint at = c; at < (nint)positions * channels; at += channels)
            {
                sum = TLanes.Add(sum, TLanes.Unless(TLanes.Load(gradient + at), winners + at, StageOutput.Stopped));
            }

            TLanes.Store(sum, biasGradient + c);
        }

        if (PictureGradient.Takes(geometry))
        {
            PictureGradient.Weights(geometry, input, winners, gradient, images, weightGradient);
            return;
        }

        var (wide, groups) = (geometry.Wide, geometry.Groups);
        var offsets = geometry.GroupOffsets;
        var passing = stackalloc ulong[BitMatrix.Size];
        var patches = stackalloc int[BitMatrix.Size * BitMatrix.Size];
        for (var first = 0; first < positions; first += BitMatrix.Size)
        {
            var some = Math.Min(BitMatrix.Size, positions - first);
            for (var group = 0; group < channels; group += BitMatrix.Size)
            {
                var groupChannels = Math.Min(BitMatrix.Size, channels - group);
                var start = ((nint)first * channels) + group;
                for (var i = 0; i < some; i++)
                {
                    passing[i] = ~Equal(winners + start + ((nint)i * channels), groupChannels, StageOutput.Stopped);
                }

                FindPatches(geometry, winners + start, geometry.Targets + (4 * first), some, groupChannels, patches);
                new Span<ulong>(passing + some, BitMatrix.Size - some).Clear();
                BitMatrix.Transpose(passing);
                for (var c = 0; c < groupChannels; c++)
                {
                    if (passing[c] != 0)
                    {
                        var terms = new PatchTerms(gradient + start + c, patches + c, channels);
                        var sum = weightGradient + ((nint)(group + c) * geometry.WeightRow);
                        if (wide)
                        {
                            AddPatches<TLanes, TVector>(offsets, groups, terms, passing[c], input, sum);
                        }
                        else
                        {
                            AddNarrowPatches(geometry, terms, passing[c], input, sum);
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// Where the patch lies that each output came from: what a term needs, in one load. Two, of the winner and of its
    /// place, are more than a processor can keep under way beside nine of the patch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindPatches(StageGeometry geometry, byte* winners, int* targets, int positions, int channels, int* patches)
    {
        var (right, down) = (Vector512.Create(geometry.InputStride), Vector512.Create(geometry.RowStride));
        for (var i = 0; i < positions; i++, winners += geometry.Channels, patches += BitMatrix.Size)
        {
            var corner = Vector512.Create(targets[4 * i]);
            for (var c = 0; c < channels; c += Vector512<int>.Count)
            {
                var shorts = Vector256.WidenLower(Vector128.Load(winners + c).ToVector256Unsafe());
                var place = Vector512.WidenLower(shorts.ToVector512Unsafe()).AsInt32();
                (corner + ((place & Vector512<int>.One) * right) + ((place >>> 1) * down)).Store(patches + c);
            }
        }
    }

    /// <summary>Gradient of the input, added to what is there.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="weights">[channels, weight row].</param>
    /// <param name="winners">Which position each output came from, or <see cref="StageOutput.Stopped"/>.</param>
    /// <param name="gradient">The first image's gradient of the outputs.</param>
    /// <param name="images">How many images.</param>
    /// <param name="inputGradient">The first image's gradient of the inputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<TLanes, TVector>(StageGeometry geometry, float* weights, byte* winners, float* gradient, int images, float* inputGradient)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var channels = geometry.Channels;
        var positions = geometry.Positions * images;
        var places = geometry.Stage.Pool ? 4 : 1;
        var passing = stackalloc ulong[BitMatrix.Size * 4];
        for (var first = 0; first < positions; first += BitMatrix.Size)
        {
            var some = Math.Min(BitMatrix.Size, positions - first);
            for (var group = 0; group < channels; group += BitMatrix.Size)
            {
                var groupChannels = Math.Min(BitMatrix.Size, channels - group);
                var start = ((nint)first * channels) + group;
                for (var i = 0; i < some; i++)
                {
                    for (byte place = 0; place < places; place++)
                    {
                        passing[(4 * i) + place] = Equal(winners + start + ((nint)i * channels), groupChannels, place);
                    }
                }

                var from = weights + ((nint)group * geometry.WeightRow);
                if (geometry.Wide)
                {
                    AddWeights<TLanes, TVector>(geometry, from, gradient + start, passing, 4 * some, geometry.Targets + (4 * first), inputGradient);
                }
                else
                {
                    AddNarrowWeights(geometry, from, gradient + start, passing, 4 * some, geometry.Targets + (4 * first), inputGradient);
                }
            }
        }
    }

    /// <summary>patch += Σ gradient × weights, over channels, position by position and place by place; all of it for some
    /// columns of the weights, which stay in cache, before the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWeights<TLanes, TVector>(StageGeometry geometry, float* weights, float* gradient, ulong* passing, int count, int* targets, float* inputGradient)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var offsets = geometry.GroupOffsets;
        var size = StageGeometry.GroupVectors * TLanes.Count;
        for (var group = 0; group < geometry.Groups; group += 3, weights += 3 * size)
        {
            var toA = inputGradient + offsets[group];
            var toB = inputGradient + offsets[group + 1];
            var toC = inputGradient + offsets[group + 2];
            for (var i = 0; i < count; i++)
            {
                if (passing[i] != 0)
                {
                    var terms = new WeightTerms(gradient + ((nint)(i / 4) * geometry.Channels), geometry.WeightRow);
                    nint at = targets[i];
                    RowSum.Wide<TLanes, TVector, WeightTerms>(terms, passing[i], weights, weights + size, weights + (2 * size), toA + at, toB + at, toC + at);
                }
            }
        }
    }

    /// <summary>A bit for each byte that is the one given; the bits behind the last byte are those of other values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(byte* bytes, int count, byte value)
    {
        var beyond = ~0UL << (count - 1) << 1;
        ulong bits = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            bits = Vector512.Equals(Vector512.Load(bytes), Vector512.Create(value)).ExtractMostSignificantBits() & ~beyond;
        }
        else
        {
            for (var i = 0; i < count; i += 16)
            {
                bits |= (ulong)Vector128.Equals(Vector128.Load(bytes + i), Vector128.Create(value)).ExtractMostSignificantBits() << i;
            }
        }

        return value == StageOutput.Stopped ? bits | beyond : bits;
    }

    /// <summary>sum += Σ gradient × patch, over outputs of one channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPatches<TLanes, TVector>(int* offsets, int groups, PatchTerms terms, ulong set, float* input, float* sum)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var size = StageGeometry.GroupVectors * TLanes.Count;
        for (var group = 0; group < groups; group += 3, sum += 3 * size)
        {
            RowSum.Wide<TLanes, TVector, PatchTerms>(
                terms, set, input + offsets[group], input + offsets[group + 1], input + offsets[group + 2], sum, sum + size, sum + (2 * size));
        }
    }

    /// <summary>The same where runs are too short for groups of three vectors.</summary>
    private static void AddNarrowPatches(StageGeometry geometry, PatchTerms terms, ulong set, float* input, float* sum)
    {
        var ascending = stackalloc int[StageGeometry.NarrowVectors];
        for (var i = 0; i < StageGeometry.NarrowVectors; i++)
        {
            ascending[i] = i * geometry.NarrowLanes;
        }

        for (var group = 0; group < geometry.Groups; group += StageGeometry.NarrowVectors, sum += StageGeometry.NarrowVectors * geometry.NarrowLanes)
        {
            Narrow(geometry, terms, set, input, geometry.GroupOffsets + group, sum, ascending);
        }
    }

    private static void AddNarrowWeights(StageGeometry geometry, float* weights, float* gradient, ulong* passing, int count, int* targets, float* inputGradient)
    {
        var ascending = stackalloc int[StageGeometry.NarrowVectors];
        for (var i = 0; i < StageGeometry.NarrowVectors; i++)
        {
            ascending[i] = i * geometry.NarrowLanes;
        }

        for (var group = 0; group < geometry.Groups; group += StageGeometry.NarrowVectors, weights += StageGeometry.NarrowVectors * geometry.NarrowLanes)
        {
            for (var i = 0; i < count; i++)
            {
                var terms = new WeightTerms(gradient + ((nint)(i / 4) * geometry.Channels), geometry.WeightRow);
                Narrow(geometry, terms, passing[i], weights, ascending, inputGradient + targets[i], geometry.GroupOffsets + group);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Narrow<TTerms>(StageGeometry geometry, TTerms terms, ulong set, float* from, int* fromOffsets, float* to, int* offsets)
        where TTerms : struct, ITerms
    {
        if (geometry.NarrowLanes == Lanes8.Count)
        {
            RowSum.Narrow<Lanes8, Vector256<float>, TTerms>(terms, set, from, fromOffsets, to, offsets);
        }
        else
        {
            RowSum.Narrow<Lanes4, Vector128<float>, TTerms>(terms, set, from, fromOffsets, to, offsets);
        }
    }

    /// <summary>Terms of a weight gradient: outputs of one channel, and the patches that they came from.</summary>
    private readonly struct PatchTerms(float* gradient, int* patches, nint channels) : ITerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Term(int number, out nint offset)
        {
            offset = patches[(nint)number * BitMatrix.Size];
            return gradient[number * channels];
        }
    }

    /// <summary>Terms of an input gradient: channels of one position, and their weights.</summary>
    private readonly struct WeightTerms(float* gradient, int weightRow) : ITerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Term(int number, out nint offset)
        {
            offset = (nint)number * weightRow;
            return gradient[number];
        }
    }
}
