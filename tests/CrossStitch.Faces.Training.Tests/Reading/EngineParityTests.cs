using CrossStitch.Engines;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Synthetic;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Tests.Reading;

/// <summary>What reads photos predicts what the engine that trained it predicts: the networks in the package, both ways.</summary>
public class EngineParityTests
{
    private const int Faces = 20;
    private const int Variants = 50;
    private const double Tolerance = 1e-4;

    [Fact]
    public void The_reader_in_the_package_predicts_what_the_training_engine_does() => AssertSame(FaceReader.Default.Model);

    [Fact]
    public void The_second_look_in_the_package_predicts_what_the_training_engine_does() => AssertSame(FaceReader.Default.SecondLook!);

    [Fact]
    public void The_finder_in_the_package_predicts_what_the_training_engine_does()
    {
        using var finder = FaceFinder.LoadDefault();
        AssertSame(finder.Model);
    }

    private static void AssertSame(NetworkModel model)
    {
        var network = Trained(model);
        using var engine = new KernelEngine(network, threads: 2);
        using var runner = new NetworkRunner(model);
        var crops = Crops(model);
        var batch = new Batch(network.Description, Faces * Variants) { Count = Faces * Variants };
        crops.CopyTo(batch.Input);
        var predicted = network.Description.Tasks.Select(task => new float[batch.Count * task.Outputs]).ToArray();
        engine.Predict(batch.Input, batch.Count, [.. predicted.Select(outputs => outputs.AsMemory())]);

        // As many at a time as a photo may have faces: some, and one.
        const int Some = 64;
        var expected = new double[predicted.Length];
        for (var first = 0; first < batch.Count; first += Some)
        {
            var count = Math.Min(Some, batch.Count - first);
            var read = runner.Run(crops.AsSpan(first * model.InputLength, count * model.InputLength), count);
            var alone = runner.Run(crops.AsSpan(first * model.InputLength, model.InputLength), 1);
            for (var t = 0; t < predicted.Length; t++)
            {
                var task = network.Description.Tasks[t];
                AssertNear(predicted[t].AsSpan(first * task.Outputs, count * task.Outputs), read[task.Name], task.Name);
                AssertNear(predicted[t].AsSpan(first * task.Outputs, task.Outputs), alone[task.Name], task.Name);
                var gradient = new float[task.Outputs];
                for (var i = 0; i < count; i++)
                {
                    expected[t] += task.Loss(read[task.Name].Slice(i * task.Outputs, task.Outputs), batch.Label(task.Name, first + i), gradient) / batch.Count;
                }
            }
        }

        // The pass that trains computes them anew, with other kernels; its losses, against labels of zero, tell.
        var losses = new StepLosses(predicted.Length);
        engine.Learn(batch, losses);
        for (var t = 0; t < predicted.Length; t++)
        {
            Assert.Equal(1, losses.Tasks[t] / expected[t], Tolerance);
        }
    }

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string task)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, $"{task}: {expected[i]} and {actual[i]} at {i}");
        }
    }

    /// <summary>The network that a model was exported from, as the engine that trains has it.</summary>
    private static Network Trained(NetworkModel model)
    {
        var stages = model.Shape.Stages.Select((stage, i) => i == model.Shape.Stages.Count - 1
            ? (TowerStage)new DenseStage($"stage{i}", stage.Channels)
            : new ConvolutionStage($"stage{i}", stage.Channels, stage.KernelHeight, stage.Pool)).ToList();
        var shape = new TowerShape([model.Shape.InputChannels, model.Shape.InputHeight, model.Shape.InputWidth], [.. stages]);
        TaskGroup[] groups = [.. model.Heads.GroupBy(head => head.Tower).OrderBy(tower => tower.Key).Select(tower => new TaskGroup($"tower{tower.Key}", [.. tower.Select(Task)]))];
        var network = Network.Create(
            model.Shape.Stitched ? NetworkDescription.CrossStitch(shape, groups) : NetworkDescription.Split(shape, groups[0].Tasks), seed: 1);
        for (var tower = 0; tower < model.Towers.Count; tower++)
        {
            for (var i = 0; i < stages.Count; i++)
            {
                var name = ParameterNames.Stage(tower, stages[i].Name);
                Copy(model.Towers[tower][i].Weights, $"{name}.weight");
                Copy(model.Towers[tower][i].Biases, $"{name}.bias");
            }
        }

        for (var i = 0; i < model.Alphas.Count; i++)
        {
            Copy(model.Alphas[i], ParameterNames.Alpha(stages[i].Name));
        }

        foreach (var head in model.Heads)
        {
            Copy(head.Weights, $"{ParameterNames.Head(head.Name)}.weight");
            Copy(head.Biases, $"{ParameterNames.Head(head.Name)}.bias");
        }

        return network;

        void Copy(ReadOnlyMemory<float> values, string name)
        {
            Assert.Equal(network.Parameters[name].Length, values.Length);
            values.Span.CopyTo(network.Parameters[name]);
        }

        static LearningTask Task(NetworkHead head) => head.Kind == HeadKind.Classification ? new ClassificationTask(head.Name, head.Outputs) : new RegressionTask(head.Name, head.Outputs);
    }

    /// <summary>Drawn faces, each cut anew so many times: shifted, larger or smaller, in other light, with noise.</summary>
    private static float[] Crops(NetworkModel model)
    {
        var cropper = new FaceCropper(new CropSettings(model.Shape.InputWidth, 0));
        var crops = new float[Faces * Variants * model.InputLength];
        Parallel.For(0, Faces, number =>
        {
            var (jpeg, _, box) = DrawnFaces.Draw(9, number);
            var picture = PhotoDecoder.Decode(jpeg.ToArray(), "drawn");
            var random = new SeededRandom(3, (ulong)number);
            var patch = new byte[model.InputLength];
            for (var i = 0; i < Variants; i++)
            {
                var example = crops.AsSpan(((number * Variants) + i) * model.InputLength, model.InputLength);
                cropper.Crop(
                    picture,
                    box with
                    {
                        CenterX = box.CenterX + (box.Side * (float)random.NextBetween(-0.2, 0.2)),
                        CenterY = box.CenterY + (box.Side * (float)random.NextBetween(-0.2, 0.2)),
                        Side = box.Side * (1 + (2 * model.Input.Crop!.Margin)) * (float)random.NextBetween(0.7, 1.4),
                    },
                    patch);
                var (light, contrast, noise) = (random.NextBetween(-40, 40), random.NextBetween(0.4, 1.6), random.NextBetween(0, 20));
                for (var k = 0; k < example.Length; k++)
                {
                    example[k] = (float)Math.Clamp(((patch[k] - 128) * contrast) + 128 + light + (noise * random.NextGaussian()), 0, 255);
                }

                model.Input.Normalize(example);
            }
        });
        return crops;
    }
}
