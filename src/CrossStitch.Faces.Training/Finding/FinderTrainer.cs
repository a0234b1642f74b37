using System.Globalization;
using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Finding;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>
/// Trains a finder from annotated photos and from drawn backgrounds: one trunk and three heads, a split network, in rounds
/// between which it searches both for what it still takes for a face.
/// </summary>
internal sealed class FinderTrainer
{
    /// <summary>A search for hard backgrounds keeps what has this score.</summary>
    private const float MinedScore = 0.3f;

    /// <summary>What overlaps a known face by more is no background.</summary>
    private const float MinedOverlap = 0.25f;

    /// <summary>Smaller boxes are nothing to be sure of: there is no face in them that somebody could have annotated.</summary>
    private const float GuardedSide = 24;

    /// <summary>Neither threshold goes below these, however few false boxes there are.</summary>
    private const float LeastHandedOn = 0.05f;

    private const float LeastThreshold = 0.5f;

    private readonly FinderRecipe _recipe;
    private readonly FinderSampler _sampler;
    private readonly Network _network;

    /// <summary>Prepares a training.</summary>
    /// <param name="recipe">How.</param>
    public FinderTrainer(FinderRecipe recipe)
    {
        recipe.Validate();
        (_recipe, _sampler) = (recipe, new FinderSampler(recipe));
        _network = Network.Create(
            NetworkDescription.Split(recipe.Shape(),
            [
                new ClassificationTask(FaceFinder.FaceHead, 2) { OutputNames = ["background", "face"] },
                new RegressionTask(FaceFinder.BoxHead, 3, recipe.BoxWeight) { OutputNames = ["x", "y", "log2-side"] },
                new RegressionTask(FaceFinder.LandmarksHead, FaceLandmarks.Numbers, recipe.LandmarksWeight),
            ]),
            seed: recipe.Seed);
    }

    /// <summary>How the network takes its input: gray levels from −1 to 1.</summary>
    public static InputFormat Input { get; } = new()
    {
        Channels = ["gray"],
        High = byte.MaxValue,
        Scale = 1 / 127.5f,
        Offset = -1,
        Crop = CropPixels.Format.Crop! with { Margin = FinderRecipe.Margin },
    };

    /// <summary>Trains.</summary>
    /// <param name="photos">The photos; some are set aside.</param>
    /// <param name="onRound">Called after every round.</param>
    /// <param name="progress">Receives how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The finder, with its threshold.</returns>
    public NetworkModel Run(IReadOnlyList<FinderPhoto> photos, Action<FinderRound>? onRound, IProgress<FinderProgress>? progress, CancellationToken cancellation)
    {
        List<FinderPhoto> aside = [.. photos.Where((_, i) => i % _recipe.ValidationShare == _recipe.ValidationShare - 1)];
        List<FinderPhoto> learned = [.. photos.Where((_, i) => i % _recipe.ValidationShare != _recipe.ValidationShare - 1)];
        if (aside.Count == 0)
        {
            throw new CrossStitchException($"{photos.Count} photos are too few to train a finder on: one of {_recipe.ValidationShare} is set aside.");
        }

        var (mined, guarded) = (new List<FinderExample>(), 0);
        for (var round = 1; ; round++)
        {
            var closeUps = _sampler.CloseUps(learned, round, cancellation);
            var faces = _sampler.Faces([.. learned, .. closeUps], round, cancellation);
            var drawn = _sampler.Drawn(learned.Count / _recipe.PhotosPerDrawing, round, cancellation);
            List<FinderExample> backgrounds = [.. _sampler.Backgrounds([.. learned, .. drawn, .. closeUps], round, cancellation), .. mined];
            Train(round, new FinderExamples([.. faces, .. backgrounds]), progress, cancellation);
            var model = Export();
            using var finder = new FaceFinder(model);
            progress?.Report(new(round, _recipe.Rounds, "measuring", 0, 1));
            var measure = FinderMeasure.Of(finder, aside, FinderMeasure.Searched, cancellation);
            onRound?.Invoke(new(round, faces.Count, backgrounds.Count, mined.Count, guarded, measure));
            if (round == _recipe.Rounds)
            {
                return WithThresholds(model, measure, aside, cancellation);
            }

            progress?.Report(new(round, _recipe.Rounds, "searching", 0, 1));
            guarded = Mine(finder, [.. learned, .. drawn, .. closeUps], GuardFor(measure), mined, cancellation);
        }
    }

    /// <summary>Above which score a false box of a training photo is left alone: one that half of the annotated faces do not reach.</summary>
    private static float GuardFor(FinderMeasure measure) => MathF.Max(0.98f, measure.Found.Order().ElementAt(measure.Photos / 2));

    private void Train(int round, FinderExamples examples, IProgress<FinderProgress>? progress, CancellationToken cancellation)
    {
        using var engine = new KernelEngine(_network, _recipe.Threads);
        var options = new TrainingOptions { Epochs = _recipe.Epochs, BatchSize = _recipe.BatchSize, LearningRate = round == 1 ? _recipe.LearningRate : _recipe.LearningRate / 2 };
        var steps = progress is null ? null : new Steps(report => progress.Report(new(round, _recipe.Rounds, "training", report.Step, report.Steps)));
        new Trainer(engine, options, unchecked((_recipe.Seed * 1000) + round)).Run(examples, progress: steps, cancellation: cancellation);
    }

    private int Mine(FaceFinder finder, List<FinderPhoto> photos, float guard, List<FinderExample> mined, CancellationToken cancellation)
    {
        var (added, guarded) = (new List<FinderExample>[photos.Count], 0);
        Parallel.For(0, photos.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var photo = photos[i];
            added[i] = [];
            var searched = finder.Candidates(photo.Pixels, FinderMeasure.Searched, MinedScore, cancellation);
            foreach (var wrong in searched.Where(candidate => photo.Overlap(candidate.Box) < MinedOverlap).OrderByDescending(candidate => candidate.Score))
            {
                if (photo.HasFace && wrong.Score > guard && wrong.Box.Side > GuardedSide)
                {
                    Interlocked.Increment(ref guarded);
                }
                else if (added[i].Count < _recipe.MinedPerPhoto)
                {
                    added[i].Add(_sampler.Background(photo, wrong.Input));
                }
            }
        });
        mined.AddRange(added.SelectMany(some => some));
        return guarded;
    }

    private NetworkModel Export() => ModelExport.ToModel(_network, new()
    {
        Input = Input,
        Metadata = new Dictionary<string, string> { ["producer"] = "crossstitch faces train-finder", [FaceFinder.ThresholdKey] = "0" },
    });

    /// <summary>The finder with what the first look hands on, and with what the second one must be sure of then.</summary>
    private NetworkModel WithThresholds(NetworkModel model, FinderMeasure once, List<FinderPhoto> aside, CancellationToken cancellation)
    {
        NetworkModel With(NetworkModel before, string key, float threshold) => before with
        {
            Metadata = new Dictionary<string, string>(before.Metadata) { [key] = threshold.ToString("R", CultureInfo.InvariantCulture) },
        };
        var twice = With(model, FaceFinder.FirstThresholdKey, once.ThresholdFor(_recipe.HandedOn, LeastHandedOn));
        using var finder = new FaceFinder(twice);
        return With(twice, FaceFinder.ThresholdKey, FinderMeasure.Of(finder, aside, FinderMeasure.Searched, cancellation).ThresholdFor(_recipe.FalseBoxes, LeastThreshold));
    }

    private sealed class Steps(Action<StepReport> report) : IProgress<StepReport>
    {
        public void Report(StepReport value) => report(value);
    }
}
