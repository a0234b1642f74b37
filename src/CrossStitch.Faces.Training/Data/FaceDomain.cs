using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Faces.Training.Paper;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Data;

/// <summary>How faces are measured and reported: by landmark and attribute, beside what the paper says.</summary>
public sealed class FaceDomain : Domain
{
    /// <summary>The file with a study's test faces.</summary>
    internal const string TestFile = "test-faces.crops";

    /// <inheritdoc/>
    public override string Example => "face";

    /// <inheritdoc/>
    public override string Title => "Related weights in cross-stitch networks: the study repeated";

    /// <inheritdoc/>
    public override string Source => "Bhuin, Chadha and Tan: Related Weights in Cross-stitch Network for Multi-task Learning";

    /// <inheritdoc/>
    public override string Lead => "Does a network find the landmarks of a face better when it also learns the face's pose, gender, glasses and smile? And if so, by which way of sharing: one split tower, cross-stitched towers, towers with related weights, or both?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> StudyFiles => [TestFile, PackedFaces.FileName];

    /// <inheritdoc/>
    public override IReadOnlyList<string> RunFiles => [SeenFaces.FileName];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Breakdown => [FaceAttribute.Pose.Name, FaceData.BoxGrouping];

    /// <inheritdoc/>
    public override IReadOnlyList<ReportSection> Sections { get; } = [new PaperFigures(), new LabelSection(), new FaceGallery()];

    /// <inheritdoc/>
    public override IReadOnlyList<double> StatedScales { get; } =
        [.. PaperValues.All.Where(value => value.Quantity == PaperQuantity.RelationScale).OrderBy(value => value.Layer).Select(value => value.Value)];

    /// <inheritdoc/>
    public override IReadOnlyList<Measure> Measures(IReadOnlyList<LearningTask> tasks) => FaceMeasures.All;

    /// <inheritdoc/>
    public override IReadOnlyList<ScoreColumn> Columns(IReadOnlyList<LearningTask> tasks) =>
    [
        .. Enum.GetValues<Landmark>().Select(landmark => new ScoreColumn(
            LandmarkNames.Of(landmark).Replace(" corner", ""), FaceMeasures.Of(landmark, FaceMeasures.MeanError), FaceMeasures.Of(landmark, FaceMeasures.FailureRate))),
        new("overall", FaceMeasures.MeanError, FaceMeasures.FailureRate),
        new("IOD", FaceMeasures.InterOcularError, FaceMeasures.InterOcularFailureRate, IsDetail: true),
        .. FaceAttribute.All.Select(attribute => new ScoreColumn(attribute.Name, FaceMeasures.Accuracy(attribute), FaceMeasures.BalancedAccuracy(attribute))),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<MeasureTable> Tables(IReadOnlyList<LearningTask> tasks)
    {
        string[] measures = [FaceMeasures.MeanError, FaceMeasures.FailureRate, FaceMeasures.InterOcularError, FaceMeasures.InterOcularFailureRate];
        return
        [
            new(
                "landmark",
                ["error,\n% of box", "failures\n> 5 %", "error, % of\neye distance", "failures\n> 10 %"],
                [
                    .. Enum.GetValues<Landmark>().Select(landmark => (LandmarkNames.Of(landmark), (IReadOnlyList<string>)[.. measures.Select(measure => FaceMeasures.Of(landmark, measure))])),
                    ("overall", measures),
                ]),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Remarks(GroupEvaluation overall) => overall.Measures.TryGetValue(FaceMeasures.CurveArea, out var area)
        ? [$"Area under the cumulative error curve up to {ResultText.Percent(FaceMeasures.CurveLimit, 0)} % of the box width: {ResultText.Number(area, 3)}."]
        : [];

    /// <inheritdoc/>
    public override string Legend(IReadOnlyList<LearningTask> tasks) =>
        "All in %. Landmarks: mean error in box widths, then failures (faces with an error above 5 % of the box width). Attributes: accuracy, then balanced accuracy.";

    /// <inheritdoc/>
    public override string? Caution(TestExamples examples) => BoxRemark.Of(examples);

    /// <inheritdoc/>
    public override string? Note(DataRecipe data) =>
        data is DrawnData ? "This study ran on drawn faces: it shows how the report reads and that everything runs, and says nothing about photographs." : null;

    /// <inheritdoc/>
    public override IReadOnlyList<ClaimCheck> Claims(Study study, ScoreSet table, IReadOnlyList<PairedComparison> againstBaseline, long seed) =>
        [.. PaperClaims.Check(study, table, againstBaseline, seed), .. SharingClaims.Of(study)];

    /// <inheritdoc/>
    public override string? Command(Study study) => StudyCommand.Of(study);

    /// <inheritdoc/>
    public override ILabelledData? OpenTest(string folder)
    {
        var path = Path.Combine(folder, TestFile);
        if (!File.Exists(path))
        {
            return null;
        }

        var faces = FaceCropFile.Load(path);
        return faces.Settings.Input == CropSettings.Default.Input || SecondLook.IsSize(faces.Settings.Input)
            ? new FaceData(faces)
            : throw new CrossStitchException($"{path}: the faces are cropped to {faces.Settings.Size} pixels, which no network takes; copy the file again from where its run was made.");
    }
}
