using CrossStitch.Tasks;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Tasks;

public sealed class LearningTaskTests
{
    [Fact]
    public void The_landmark_loss_is_the_mean_over_faces_of_the_squared_norm()
    {
        using var scope = NewDisposeScope();
        var output = tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);
        var target = tensor(new float[] { 0, 2, 1, 1 }, [2, 2]);

        // Face 1: 1² + 0²; face 2: 2² + 3²; their mean is 7.
        Assert.Equal(7, new RegressionTask("landmarks", 2).Loss(output, target).item<float>(), 5);
    }

    [Fact]
    public void The_attribute_loss_is_the_mean_over_faces_of_the_negative_log_probability()
    {
        using var scope = NewDisposeScope();
        var output = tensor(new float[] { 0, 0, MathF.Log(3), 0 }, [2, 2]);
        var target = tensor(new long[] { 0, 0 });

        // Softmax gives 1/2 and 3/4.
        Assert.Equal(-(Math.Log(0.5) + Math.Log(0.75)) / 2, new ClassificationTask("smile", 2).Loss(output, target).item<float>(), 5);
    }

    [Fact]
    public void Examples_without_a_label_do_not_count()
    {
        using var scope = NewDisposeScope();
        var numbers = tensor(new float[] { 1, 2, 3, 4 }, [2, 2], requires_grad: true);
        var loss = new RegressionTask("landmarks", 2).Loss(numbers, tensor(new float[] { 0, 2, float.NaN, 1 }, [2, 2]));
        loss.backward();
        Assert.Equal(1, loss.item<float>(), 5);
        Assert.Equal([2f, 0, 0, 0], numbers.grad!.data<float>().ToArray());

        var logits = tensor(new float[] { 0, 0, 9, 0 }, [2, 2]);
        Assert.Equal(Math.Log(2), new ClassificationTask("smile", 2).Loss(logits, tensor(new[] { 0, ClassificationTask.Missing })).item<float>(), 5);
        Assert.Equal(0, new ClassificationTask("smile", 2).Loss(logits, tensor(new[] { ClassificationTask.Missing, ClassificationTask.Missing })).item<float>(), 5);
    }

    [Fact]
    public void A_split_networks_joint_loss_is_the_weighted_sum_of_equation_2()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Build("split");
        var batch = new RandomData(4).GetBatch([0, 1, 2, 3], null);
        var outputs = network.call(batch.Input);
        var joint = network.Tasks.Select((task, t) => (task.Loss(outputs[t], batch.Targets[task.Name]) * task.Weight).item<float>()).Sum();

        var landmarks = outputs[0].data<float>().Zip(batch.Targets["landmarks"].data<float>(), (f, y) => Math.Pow(y - f, 2)).Sum() / 4;
        double CrossEntropy(Tensor logits, Tensor classes) => Enumerable.Range(0, 4).Average(i =>
        {
            var row = logits[i].data<float>().Select(v => Math.Exp(v)).ToArray();
            return -Math.Log(row[classes[i].item<long>()] / row.Sum());
        });
        Assert.Equal(landmarks + (0.5 * CrossEntropy(outputs[1], batch.Targets["pose"])) + (0.5 * CrossEntropy(outputs[2], batch.Targets["smile"])), joint, 4);
    }
}
