using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>Mean error by the pose of the head.</summary>
internal static class PoseFigure
{
    /// <summary>Draws a place a pose, in it a dot a kind of network.</summary>
    /// <returns>Null without a run that was measured.</returns>
    public static Figure? Of(StudyView view)
    {
        var poses = view.Study.TestFaces.Faces.CountBy(face => face.Attributes[FaceAttribute.Pose]).OrderBy(pose => pose.Key).ToList();
        var names = FaceAttribute.Pose.Classes;
        var errors = view.Representatives.Select(variant => (variant.Network, variant.Variant, ByPose: poses.Select(pose => view.RunsOf(variant)
            .Select(run => view.Evaluate(run).ByPose[names[pose.Key]].Landmarks)
            .OfType<LandmarkEvaluation>().Select(landmarks => 100 * landmarks.Overall.MeanError).ToList()).ToList()))
            .Where(variant => variant.ByPose.Any(seeds => seeds.Count > 0)).ToList();
        if (errors.Count == 0)
        {
            return null;
        }

        var all = errors.SelectMany(variant => variant.ByPose).SelectMany(seeds => seeds).ToList();
        return new Figure(
            "pose",
            "Error by pose",
            "Mean error of the faces of each true yaw; a dot is the mean over seeds, its line their range. The number of test faces is below the pose: few faces, little certainty.",
            $"Mean error by pose, % of the box width. {string.Join(" ", errors.Select(variant => $"{variant.Variant}: {string.Join(", ", poses.Zip(variant.ByPose, (pose, seeds) => $"{names[pose.Key].Replace('-', '−')} {(seeds.Count == 0 ? "–" : ResultText.Number(seeds.Average()))}"))}."))}",
            [Chart.Panel("", 860, 320, chart =>
            {
                var pad = Math.Max(0.05, 0.08 * (all.Max() - all.Min()));
                chart.Span(-0.5, poses.Count - 0.5, Math.Max(0, all.Min() - pad), all.Max() + pad).Room(52, 10, 44, 8)
                    .AcrossNames("true pose", poses.Select((pose, i) => ((double)i, $"{names[pose.Key].Replace('-', '−')} ({ResultText.Count(pose.Value)})")))
                    .Up("mean error, % of box width");
                for (var i = 0; i < errors.Count; i++)
                {
                    for (var pose = 0; pose < poses.Count; pose++)
                    {
                        if (errors[i].ByPose[pose] is { Count: > 0 } seeds)
                        {
                            var x = pose + (0.12 * (i - ((errors.Count - 1) / 2.0)));
                            chart.Segment(x, seeds.Min(), x, seeds.Max(), FigurePalette.Of(errors[i].Network));
                            chart.Mark(x, seeds.Average(), FigurePalette.Of(errors[i].Network));
                        }
                    }
                }
            })],
            [.. errors.Select(variant => new FigureKey(FigureMark.Dot, FigurePalette.Of(variant.Network), variant.Variant))])
        { Columns = 1 };
    }
}
