using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Faces.Training.Tests.Metrics;

public class AttributeEvaluationTests
{
    [Fact]
    public void Two_classes_by_hand()
    {
        var evaluation = AttributeEvaluation.Measure([0, 0, 0, 1, 1], [0, 0, 0, 0, 1], 2);

        Assert.Equal([3, 1], evaluation.Confusion[0]);
        Assert.Equal([0, 1], evaluation.Confusion[1]);
        Assert.Equal(0.8, evaluation.Accuracy, 12);
        Assert.Equal((0.75 + 1) / 2, evaluation.BalancedAccuracy, 12);
    }

    [Fact]
    public void Classes_without_a_face_do_not_weigh_on_the_balanced_accuracy()
    {
        var evaluation = AttributeEvaluation.Measure([2, 3, 4], [2, 2, 4], 5);

        Assert.Equal([0, 0, 1, 1, 0], evaluation.Confusion[2]);
        Assert.Equal((0.5 + 1) / 2, evaluation.BalancedAccuracy, 12);
    }

    [Fact]
    public void Always_saying_the_commonest_class_is_no_better_than_chance_when_balanced()
    {
        var evaluation = AttributeEvaluation.Measure(new int[100], [.. Enumerable.Repeat(0, 92), .. Enumerable.Repeat(1, 8)], 2);

        Assert.Equal(0.92, evaluation.Accuracy, 12);
        Assert.Equal(0.5, evaluation.BalancedAccuracy, 12);
    }

    [Fact]
    public void Unknown_classes_and_unequal_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AttributeEvaluation.Measure([2], [0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => AttributeEvaluation.Measure([0], [-1], 2));
        Assert.Throws<ArgumentException>(() => AttributeEvaluation.Measure([0], [0, 1], 2));
        Assert.Throws<ArgumentException>(() => AttributeEvaluation.Measure([], [], 2));
    }
}
