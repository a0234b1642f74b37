using System.Runtime.InteropServices;

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
    /// <param name="work">The worker's; its <see cref="ForwardMemory.Features"/> receive [towers, images, features].</param>
    /// <param name="images">How many images.</param>
    /// <param name="input">[images, channels, rows, columns].</param>
    /// <param name="back">Receives what <see cref="Backward"/> needs; null if it will not follow.</param>
    public void Forward(ForwardMemory work, int images, float* input, BackwardMemory? back)
    {
        // In Winograd's sums an infinite input cancels to no number at all: such images take the direct way.
        var direct = !Finite.All(input, (long)images * InputFloats);
        ChannelOrder.ToLast(input, work.Input, images, shape.InputChannels, shape.InputHeight * shape.InputWidth);
        for (var s = 0; s < stages.Length; s++)
        {
            for (var tower = 0; tower < shape.Towers; tower++)
            {
                var winners = back == null ? null : back.Winners(tower, s);
                kernels.Forward(stages[s], parameters[tower, s], InputOf(work, tower, s), images, work.Output(tower, s), winners, work.Scratch, direct, Share.All);
            }

            if (shape.Stitched)
            {
                Mix(work, s, 0, stages[s].Positions * images);
            }
        }

        for (var tower = 0; tower < shape.Towers; tower++)
        {
            ChannelOrder.ToFeatures(Last, work.Activations(tower, stages.Length - 1), work.Features + ((nint)tower * images * Features), images);
        }
    }

    /// <summary>Computes the features of one image together with other workers, each a share of every stage.</summary>
    /// <param name="share">This worker's share.</param>
    /// <param name="team">The workers.</param>
    /// <param name="common">Where all of them leave what the next stage reads; its features receive [towers, features].</param>
    /// <param name="scratch">This worker's scratch.</param>
    /// <param name="input">[channels, rows, columns].</param>
    public void ForwardTogether(Share share, WorkerTeam team, ForwardMemory common, float* scratch, float* input)
    {
        var direct = !Finite.All(input, InputFloats);
        if (share.Part == 0)
        {
            ChannelOrder.ToLast(input, common.Input, 1, shape.InputChannels, shape.InputHeight * shape.InputWidth);
        }

        team.Meet();
        for (var s = 0; s < stages.Length; s++)
        {
            for (var tower = 0; tower < shape.Towers; tower++)
            {
                kernels.Forward(stages[s], parameters[tower, s], InputOf(common, tower, s), 1, common.Output(tower, s), null, scratch, direct, share);
            }

            team.Meet();
            if (shape.Stitched)
            {
                var (first, end) = share.Of(stages[s].Positions);
                Mix(common, s, first, end);
                team.Meet();
            }
        }

        for (var tower = share.Part; tower < shape.Towers; tower += share.Parts)
        {
            ChannelOrder.ToFeatures(Last, common.Activations(tower, stages.Length - 1), common.Features + ((nint)tower * Features), 1);
        }
    }

    /// <summary>Adds the gradients of all parameters to the worker's.</summary>
    /// <param name="work">What <see cref="Forward"/> left.</param>
    /// <param name="back">The worker's; its feature gradients are [towers, images, features].</param>
    /// <param name="images">How many images.</param>
    public void Backward(ForwardMemory work, BackwardMemory back, int images)
    {
        var inputs = stackalloc float*[shape.Towers];
        var mixed = stackalloc float*[shape.Towers];
        var outputs = stackalloc float*[shape.Towers];
        for (var tower = 0; tower < shape.Towers; tower++)
        {
            ChannelOrder.FromFeatures(Last, back.FeatureGradients + ((nint)tower * images * Features), back.Mixed(tower, stages.Length - 1), images);
        }

        for (var s = stages.Length - 1; s >= 0; s--)
        {
            if (shape.Stitched)
            {
                for (var tower = 0; tower < shape.Towers; tower++)
                {
                    inputs[tower] = work.Output(tower, s);
                    mixed[tower] = back.Mixed(tower, s);
                    outputs[tower] = back.Output(tower, s);
                }

                kernels.MixGradient(shape.Towers, stages[s].Positions * images, stages[s].Channels, parameters.Alpha(s), inputs, mixed, outputs, back.Alphas(s));
            }

            for (var tower = 0; tower < shape.Towers; tower++)
            {
                BackwardStage(work, back, tower, s, images);
            }
        }
    }

    private static float* InputOf(ForwardMemory work, int tower, int stage) => stage == 0 ? work.Input : work.Activations(tower, stage - 1);

    private void Mix(ForwardMemory work, int s, int first, int end)
    {
        var inputs = stackalloc float*[shape.Towers];
        var outputs = stackalloc float*[shape.Towers];
        nint offset = first * stages[s].Channels;
        for (var tower = 0; tower < shape.Towers; tower++)
        {
            inputs[tower] = work.Output(tower, s) + offset;
            outputs[tower] = work.Activations(tower, s) + offset;
        }

        kernels.Mix(shape.Towers, end - first, stages[s].Channels, parameters.Alpha(s), inputs, outputs);
    }

    private void BackwardStage(ForwardMemory work, BackwardMemory back, int tower, int s, int images)
    {
        var stage = stages[s];
        if (s > 0)
        {
            NativeMemory.Clear(back.Mixed(tower, s - 1), (nuint)((long)stage.InputFloats * images * sizeof(float)));
        }

        for (var done = 0; done < images; done += stage.ImagesAtATime)
        {
            var some = Math.Min(stage.ImagesAtATime, images - done);
            var from = InputOf(work, tower, s) + ((long)done * stage.InputFloats);
            var winners = back.Winners(tower, s) + ((long)done * stage.OutputFloats);
            var gradient = back.Output(tower, s) + ((long)done * stage.OutputFloats);
            kernels.WeightGradient(stage, from, winners, gradient, some, back.Weights(tower, s), back.Biases(tower, s));
            if (s > 0)
            {
                var inputGradient = back.Mixed(tower, s - 1) + ((long)done * stage.InputFloats);
                kernels.InputGradient(stage, parameters[tower, s].Backward, winners, gradient, some, inputGradient);
            }
        }
    }
}
