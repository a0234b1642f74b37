using System.Globalization;
using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Faces.Finding;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>
/// Trains a network of a finder from annotated photos: one trunk and three heads, a split network, in rounds between which the
/// finder searches the photos, turned ones as well, for what it still takes for a face.
/// </summary>
internal sealed class FinderTrainer
{
    private const float MinedOverlap = 0.25f;

    /// <summary>Smaller boxes are nothing to be sure of: there is no face in them that somebody could have annotated.</summary>
    private const float GuardedSide = 24;

    private readonly FinderRecipe _recipe;
    private readonly FinderInput _input;
    private readonly string _name;
    private readonly FinderSampler _sampler;
    private readonly Network _network;
    private readonly IProgress<FinderProgress>? _progress;

    /// <summary>Prepares a training.</summary>
    /// <param name="name">What the network is called.</param>
    /// <param name="recipe">How.</param>
    /// <param name="input">What it is shown.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="progress">Receives how far it has come.</param>
    public FinderTrainer(string name, FinderRecipe recipe, FinderInput input, IReadOnlyList<int> channels, IProgress<FinderProgress>? progress)
    {
        (_name, _recipe, _input, _progress, _sampler) = (name, recipe, input, progress, new FinderSampler(recipe, input));
        _network = Network.Create(
            NetworkDescription.Split(FinderRecipe.Shape(input.Window, channels),
            [
                new ClassificationTask(FaceFinder.FaceHead, 2) { OutputNames = ["background", "face"] },
                new RegressionTask(FaceFinder.BoxHead, 3, recipe.BoxWeight) { OutputNames = ["x", "y", "log2-side"] },
                new RegressionTask(FaceFinder.LandmarksHead, FaceLandmarks.Numbers, recipe.LandmarksWeight),
            ]),
            seed: recipe.Seed);
    }

    /// <summary>Trains.</summary>
    /// <param name="learned">The photos to learn from.</param>
    /// <param name="aside">The photos set aside.</param>
    /// <param name="first">The finder that searches before the first round; null for none.</param>
    /// <param name="finderOf">The finder that searches and is measured after a round, of this network as it is then.</param>
    /// <param name="onRound">Called after every round.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The network, and how well the finder with it finds.</returns>
    public (NetworkModel Model, FinderMeasure Measure) Run(
        List<FinderPhoto> learned, List<FinderPhoto> aside, FinderSearch? first, Func<NetworkModel, FinderSearch> finderOf, Action<FinderRound>? onRound, CancellationToken cancellation)
    {
        var (mined, guarded) = (new List<FinderExample>(), 0);
        if (first is not null)
        {
            guarded = Mine(0, first, learned, 1, mined, cancellation);
        }

        for (var round = 1; ; round++)
        {
            var faces = _sampler.Faces(learned, round, cancellation);
            List<FinderExample> backgrounds = [.. _sampler.Backgrounds(learned, round, cancellation), .. mined];
            Train(round, new FinderExamples(_input, [.. faces, .. backgrounds]), cancellation);
            var model = Export(0);
            using var search = finderOf(model);
            Report(round, "measuring");
            var measure = FinderMeasure.Of(search.Finder, aside, FinderMeasure.Searched, cancellation);
            onRound?.Invoke(new(_name, round, faces.Count, backgrounds.Count, mined.Count, guarded, measure));
            if (round == _recipe.Rounds)
            {
                return (model, measure);
            }

            // What half of the annotated faces do not reach may be a face that nobody annotated.
            var guard = MathF.Max(0.98f, measure.Found.Order().ElementAt(measure.Photos / 2));
            guarded = Mine(round, search, learned, guard, mined, cancellation);
        }
    }

    /// <summary>A model with its threshold.</summary>
    /// <param name="model">The model.</param>
    /// <param name="threshold">The score from which on it reports faces.</param>
    public static NetworkModel WithThreshold(NetworkModel model, float threshold) => model with
    {
        Metadata = new Dictionary<string, string>(model.Metadata) { [FaceFinder.ThresholdKey] = threshold.ToString("R", CultureInfo.InvariantCulture) },
    };

    private void Report(int round, string doing) => _progress?.Report(new($"{_name}, round {round} of {_recipe.Rounds}: {doing}", 0, 1));

    private void Train(int round, FinderExamples examples, CancellationToken cancellation)
    {
        using var engine = new KernelEngine(_network, _recipe.Threads);
        var options = new TrainingOptions { Epochs = _recipe.Epochs, BatchSize = _recipe.BatchSize, LearningRate = round == 1 ? _recipe.LearningRate : _recipe.LearningRate / 2 };
        var steps = _progress is null ? null : new Steps(report => _progress.Report(new($"{_name}, round {round} of {_recipe.Rounds}: training", report.Step, report.Steps)));
        new Trainer(engine, options, unchecked((_recipe.Seed * 1000) + round)).Run(examples, progress: steps, cancellation: cancellation);
    }

    private int Mine(int round, FinderSearch search, List<FinderPhoto> photos, float guard, List<FinderExample> mined, CancellationToken cancellation)
    {
        Report(round, "searching");
        var (added, guarded) = (new List<FinderExample>[photos.Count], 0);
        Parallel.For(0, photos.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var photo = photos[i];
            added[i] = [];
            foreach (var wrong in search.Find(photo.Pixels, cancellation).Where(candidate => photo.Overlap(candidate.Box) < MinedOverlap))
            {
                if (wrong.Score > guard && wrong.Box.Side > GuardedSide)
                {
                    Interlocked.Increment(ref guarded);
                }
                else
                {
                    Add(added[i], photo.Image, wrong, _recipe.MinedPerPhoto);
                }
            }

            var turned = (i + round) % 2 == 0 ? TurnedImage.Half(photo.Image) : TurnedImage.Quarter(photo.Image);
            foreach (var wrong in search.Find(turned.Pixels, cancellation))
            {
                Add(added[i], turned, wrong, 2 * _recipe.MinedPerPhoto);
            }
        });
        mined.AddRange(added.SelectMany(some => some));
        return guarded;
    }

    /// <summary>A network learns from what it was shown.</summary>
    private void Add(List<FinderExample> examples, GrayImage image, Candidate wrong, int most)
    {
        if (examples.Count < most)
        {
            examples.Add(_sampler.Background(image, wrong.Input with { Side = wrong.Input.Side / (1 + (2 * FinderInput.Margin)) }));
        }
    }

    private NetworkModel Export(float threshold) => WithThreshold(
        ModelExport.ToModel(_network, new() { Input = _input.Format, Metadata = new Dictionary<string, string> { ["producer"] = "crossstitch faces train-finder" } }),
        threshold);

    private sealed class Steps(Action<StepReport> report) : IProgress<StepReport>
    {
        public void Report(StepReport value) => report(value);
    }
}
