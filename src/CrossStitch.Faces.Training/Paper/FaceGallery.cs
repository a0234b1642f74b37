using CrossStitch.Experiments.Reports;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>The faces that a network finds easiest and hardest.</summary>
internal sealed class FaceGallery() : ReportSection("faces-shown", "Faces")
{
    /// <inheritdoc/>
    public override string After => "errors";

    /// <inheritdoc/>
    public override IEnumerable<ReportPart> Content(StudyView view) => [ReportPart.Of(FaceFigure.Of(view), "the best and worst faces, which need a finished run")];
}
