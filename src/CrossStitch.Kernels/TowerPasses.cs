using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrossStitch.Kernels;

/// <summary>The way of a chunk of images through all stages of all towers, and back.</summary>
internal sealed unsafe class TowerPasses(KernelShape shape, StageGeometry[] stages, StageKernels kernels, ProgramParameters parameters)
{
    /// <summary>Numbers that an image becomes in each tower.</summary>
    public int Features => Last.Stage.Channels * Last.Positions;

    /// <summary>Numbers of an image.</summary>
    public int InputFloats => shape.InputChannels * shape.InputHeight * shape.InputWidth;

    private StageGeometry Last => stages[^1];

    /// <summary>Computes features.</summary>
    /// <param name="work">The worker's.</param>
    /// <param name="store">Receives what <see cref="Backward"/> needs.</param>
    /// <param name="slot">The first image's place in the store.</param>
    /// <param name="images">How many images.</param>
    /// <param name="input">[images, channels, rows, columns].</param>
    /// <param name="keep">Whether <see cref="Backward"/> will follow.</param>
    /// <param name="features">Receives [images, features] of the first tower.</param>
    /// <param name="towerStride">Floats from one tower's features to the next one's.</param>
    public void Forward(Workspace work, ActivationStore store, int slot, int images, float* input, bool keep, float* features, nint towerStride)
    {
        // In Winograd's sums an infinite input cancels to no number at all: such images take the direct way.
        var direct = !AreFinite(input, (long)images * InputFloats);
        ChannelOrder.ToLast(input, store.Input(slot), images, shape.InputChannels, shape.InputHeight * shape.InputWidth);
        for (var s = 0; s < stages.Length; s++)
        {
            for (var tower = 0; tower < shape.Towers; tower++)
            {
                var from = s == 0 ? store.Input(slot) : Activations(work, store, tower, s - 1, slot);
                var winners = keep ? store.Winners(tower, s, slot) : null;
                kernels.Forward(stages[s], parameters[tower, s], from, images, store.Output(tower, s, slot), winners, work.Scratch, direct, Share.All);
            }

            if (shape.Stitched)
            {
                Mix(work, store, s, slot, 0, stages[s].Positions * images);
            }
        }

        for (var tower = 0; tower < shape.Towers; tower++)
        {
            ChannelOrder.ToFeatures(Last, Activations(work, store, tower, stages.Length - 1, slot), features + (tower * towerStride), images);
        }
    }

    /// <summary>Computes the features of one image together with other workers, each a share of every stage.</summary>
    /// <param name="share">This worker's share.</param>
    /// <param name="team">The workers.</param>
    /// <param name="common">Where all of them leave what the next stage reads.</param>
    /// <param name="scratch">This worker's scratch.</param>
    /// <param name="store">As for <see cref="Forward"/>; its first slot is taken.</param>
    /// <param name="input">[channels, rows, columns].</param>
    /// <param name="features">Receives [towers, features].</param>
    public void ForwardTogether(Share share, WorkerTeam team, Workspace common, float* scratch, ActivationStore store, float* input, float* features)
    {
        var direct = !AreFinite(input, InputFloats);
        if (share.Part == 0)
        {
            ChannelOrder.ToLast(input, store.Input(0), 1, shape.InputChannels, shape.InputHeight * shape.InputWidth);
        }

        team.Meet();
        for (var s = 0; s < stages.Length; s++)
        {
            for (var tower = 0; tower < shape.Towers; tower++)
            {
                var from = s == 0 ? store.Input(0) : Activations(common, store, tower, s - 1, 0);
                kernels.Forward(stages[s], parameters[tower, s], from, 1, store.Output(tower, s, 0), null, scratch, direct, share);
            }

            team.Meet();
            if (shape.Stitched)
            {
                var (first, end) = share.Of(stages[s].Positions);
                Mix(common, store, s, 0, first, end);
                team.Meet();
            }
        }

        for (var tower = share.Part; tower < shape.Towers; tower += share.Parts)
        {
            ChannelOrder.ToFeatures(Last, Activations(common, store, tower, stages.Length - 1, 0), features + ((nint)tower * Features), 1);
        }
    }

    /// <summary>Adds the gradients of all parameters to the worker's.</summary>
    /// <param name="work">The worker's.</param>
    /// <param name="store">What <see cref="Forward"/> left.</param>
    /// <param name="slot">The first image's place in the store.</param>
    /// <param name="images">How many images.</param>
    /// <param name="gradients">Of the features: [images, features] of the first tower.</param>
    /// <param name="towerStride">Floats from one tower's to the next one's.</param>
    /// <param name="justNow">Whether these images were the worker's last, so that their mixes are still there.</param>
    public void Backward(Workspace work, ActivationStore store, int slot, int images, float* gradients, nint towerStride, bool justNow)
    {
        var inputs = stackalloc float*[shape.Towers];
        var mixed = stackalloc float*[shape.Towers];
        var outputs = stackalloc float*[shape.Towers];
        for (var tower = 0; tower < shape.Towers; tower++)
        {
            ChannelOrder.FromFeatures(Last, gradients + (tower * towerStride), work.Mixed(tower, stages.Length - 1), images);
        }

        for (var s = stages.Length - 1; s >= 0; s--)
        {
            if (shape.Stitched)
            {
                for (var tower = 0; tower < shape.Towers; tower++)
                {
                    inputs[tower] = store.Output(tower, s, slot);
                    mixed[tower] = work.Mixed(tower, s);
                    outputs[tower] = work.Output(tower, s);
                }

                kernels.MixGradient(shape.Towers, stages[s].Positions * images, stages[s].Channels, parameters.Alpha(s), inputs, mixed, outputs, work.Alphas(s));
            }

            if (shape.Stitched && s > 0 && !justNow)
            {
                // Mixed again rather than kept: memory is slower than two multiplications.
                Mix(work, store, s - 1, slot, 0, stages[s - 1].Positions * images);
            }

            for (var tower = 0; tower < shape.Towers; tower++)
            {
                BackwardStage(work, store, tower, s, slot, images);
            }
        }
    }

    private static bool AreFinite(float* numbers, long count)
    {
        // A number less itself is zero, unless it is infinite or none.
        var sum = Vector256<float>.Zero;
        var at = 0L;
        for (; at <= count - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            var some = Vector256.Load(numbers + at);
            sum += some - some;
        }

        var rest = 0f;
        for (; at < count; at++)
        {
            rest += numbers[at] - numbers[at];
        }

        return Vector256.Sum(sum) + rest == 0;
    }

    /// <summary>What the next stage reads: the mix where towers are stitched, else the output itself.</summary>
    private float* Activations(Workspace work, ActivationStore store, int tower, int stage, int slot) =>
        shape.Stitched ? work.Activations(tower, stage) : store.Output(tower, stage, slot);

    private void Mix(Workspace work, ActivationStore store, int s, int slot, int first, int end)
    {
        var inputs = stackalloc float*[shape.Towers];
        var outputs = stackalloc float*[shape.Towers];
        nint offset = first * stages[s].Channels;
        for (var tower = 0; tower < shape.Towers; tower++)
        {
            inputs[tower] = store.Output(tower, s, slot) + offset;
            outputs[tower] = work.Activations(tower, s) + offset;
        }

        kernels.Mix(shape.Towers, end - first, stages[s].Channels, parameters.Alpha(s), inputs, outputs);
    }

    private void BackwardStage(Workspace work, ActivationStore store, int tower, int s, int first, int images)
    {
        var stage = stages[s];
        if (s > 0)
        {
            NativeMemory.Clear(work.Mixed(tower, s - 1), (nuint)((long)stage.InputFloats * images * sizeof(float)));
        }

        for (var done = 0; done < images; done += stage.ImagesAtATime)
        {
            var some = Math.Min(stage.ImagesAtATime, images - done);
            var slot = first + done;
            var from = s == 0 ? store.Input(slot) : Activations(work, store, tower, s - 1, slot) + (shape.Stitched ? (long)done * stage.InputFloats : 0);
            var winners = store.Winners(tower, s, slot);
            var gradient = work.Output(tower, s) + ((long)done * stage.OutputFloats);
            kernels.WeightGradient(stage, from, winners, gradient, some, work.Weights(tower, s), work.Biases(tower, s));
            if (s > 0)
            {
                var inputGradient = work.Mixed(tower, s - 1) + ((long)done * stage.InputFloats);
                kernels.InputGradient(stage, parameters[tower, s].Backward, winners, gradient, some, inputGradient);
            }
        }
    }
}
