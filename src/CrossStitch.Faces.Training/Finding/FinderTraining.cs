using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Data;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>Trains a <see cref="Faces.Finding.FaceFinder"/> from the training photos of an archive.</summary>
public static class FinderTraining
{
    /// <summary>A search for hard backgrounds keeps what has this score.</summary>
    private const float MinedScore = 0.3f;

    /// <summary>Reads the photos and trains.</summary>
    /// <param name="data">The archive, with the boxes that the finder is to find.</param>
    /// <param name="recipe">How.</param>
    /// <param name="onRound">Called after every round.</param>
    /// <param name="reading">Receives how far the reading of photos has come, from several threads.</param>
    /// <param name="progress">Receives how far the training has come.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The finder's networks, with the thresholds that the photos set aside ask for.</returns>
    /// <exception cref="CrossStitchException">The archive, the box file or a face is wrong, or the recipe makes no sense.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static FinderModels Run(
        MtflData data,
        FinderRecipe recipe,
        Action<FinderRound>? onRound = null,
        IProgress<LoadProgress>? reading = null,
        IProgress<FinderProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        recipe.Validate();
        using var archive = MtflArchive.Open(data.Archive);
        var boxes = data.Boxes is null ? null : BoxFile.Read(data.Boxes);
        return Run(FinderPhotos.Load(archive, MtflSplit.Training, boxes, data.SkipInvalid, reading, cancellation), recipe, onRound, progress, cancellation);
    }

    /// <summary>Trains on photos that were read.</summary>
    internal static FinderModels Run(List<FinderPhoto> photos, FinderRecipe recipe, Action<FinderRound>? onRound, IProgress<FinderProgress>? progress, CancellationToken cancellation)
    {
        bool IsAside(int i) => i % recipe.ValidationShare == recipe.ValidationShare - 1;
        List<FinderPhoto> aside = [.. photos.Where((_, i) => IsAside(i))];
        List<FinderPhoto> learned = [.. photos.Where((_, i) => !IsAside(i))];
        if (aside.Count == 0)
        {
            throw new CrossStitchException($"{photos.Count} photos are too few to train a finder on: one of {recipe.ValidationShare} is set aside.");
        }

        var (scan, scanned) = new FinderTrainer("scan", recipe, FinderInput.Scan, recipe.Channels, progress)
            .Run(learned, aside, null, model => Scanning(new FaceFinder(model), MinedScore), onRound, cancellation);
        var handedOn = scanned.ThresholdFor(recipe.HandedOn, least: 0.05f);
        scan = FinderTrainer.WithThreshold(scan, handedOn);
        using var first = Looking(new FaceFinder(scan), handedOn / 2);
        var (check, checkedMeasure) = new FinderTrainer("check", recipe, FinderInput.Check, recipe.CheckChannels, progress)
            .Run(learned, aside, first, model => Checking(new FaceFinder(scan, model)), onRound, cancellation);
        return new FinderModels(scan, FinderTrainer.WithThreshold(check, checkedMeasure.ThresholdFor(recipe.FalseBoxes, least: 0.5f)));
    }

    /// <summary>The network that slides, place by place: what it sees is what it is to learn.</summary>
    private static FinderSearch Scanning(FaceFinder finder, float score) => new(finder, (photo, cancellation) =>
        finder.Candidates(photo, FinderMeasure.Searched, score, cancellation).OrderByDescending(candidate => candidate.Score));

    /// <summary>What the first look hands on, and as much again that it nearly does.</summary>
    private static FinderSearch Looking(FaceFinder finder, float score) => new(finder, (photo, cancellation) =>
        finder.FirstLook(photo, FinderMeasure.Searched, score, cancellation).Select(face => new Candidate(face.Box, face.Score, [], face.Box with { Side = face.Box.Side * (1 + (2 * FinderInput.Margin)) })));

    /// <summary>What both looks take for a face, as the first one's boxes show it.</summary>
    private static FinderSearch Checking(FaceFinder finder) => new(finder, (photo, cancellation) =>
        finder.SecondLook(photo, FinderMeasure.Searched, MinedScore, cancellation));
}
