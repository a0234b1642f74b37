namespace CrossStitch.Tasks;

/// <summary>Holds the gradient of a task's loss against finite differences: for the tests of a task of your own.</summary>
public static class GradientCheck
{
    /// <summary>The largest difference between a loss's gradient and its central differences.</summary>
    /// <param name="task">The task.</param>
    /// <param name="output">[outputs] at which to look.</param>
    /// <param name="label">The label of an example.</param>
    /// <param name="step">How far to each side.</param>
    /// <returns>The largest absolute difference, over one plus the gradient's size.</returns>
    public static double LargestError(LearningTask task, ReadOnlySpan<float> output, ReadOnlySpan<float> label, float step = 1e-2f)
    {
        var (gradient, scratch, moved) = (new float[output.Length], new float[output.Length], output.ToArray());
        task.Loss(output, label, gradient);
        var worst = 0.0;
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = output[i] + step;
            var above = task.Loss(moved, label, scratch);
            var high = moved[i];
            moved[i] = output[i] - step;
            var slope = (above - task.Loss(moved, label, scratch)) / ((double)high - moved[i]);
            moved[i] = output[i];
            worst = Math.Max(worst, Math.Abs(slope - gradient[i]) / (1 + Math.Abs(gradient[i])));
        }

        return worst;
    }
}
