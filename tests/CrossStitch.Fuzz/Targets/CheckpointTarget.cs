using CrossStitch.Engines;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Checkpoints: whole files, and each of their parts in an otherwise whole one. Training goes on with what is accepted.</summary>
/// <param name="scratch">A folder for files.</param>
internal sealed class CheckpointTarget(string scratch) : FuzzTarget
{
    private const string Whole = "file";
    private const string Weights = "weights";
    private const string Optimizer = "optimizer";
    private const string UnderWay = "epoch under way 1";
    private const int MostEpochs = 3;

    private static readonly Catalog Catalog = Cli.CommandCatalog.Create();

    private readonly string _path = Path.Combine(scratch, "last.ckpt");
    private readonly Recipe _recipe = SampleRecipe.Of(Catalog, epochs: MostEpochs);
    private readonly NetworkDescription _network = SampleRecipe.Of(Catalog).Describe(Catalog);
    private readonly FaceData _faces = new(SampleFaces.Whole(4));
    private Checkpoint? _checkpoint;
    private byte[] _underWay = [];

    private Checkpoint Sample => _checkpoint ??= Trained();

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        Sample.Save(_path);
        yield return new FuzzInput(Whole, InputForm.Bytes, File.ReadAllBytes(_path));
        (Sample with { Optimizer = [], BestWeights = [], Sections = new Dictionary<string, byte[]>() }).Save(_path);
        yield return new FuzzInput(Whole, InputForm.Bytes, File.ReadAllBytes(_path));
        yield return new FuzzInput(Weights, InputForm.Bytes, Sample.Weights);
        yield return new FuzzInput(Optimizer, InputForm.Bytes, Sample.Optimizer);
        yield return new FuzzInput(UnderWay, InputForm.Bytes, _underWay);
        foreach (var (name, bytes) in Sample.Sections.Where(section => section.Value.Length > 0))
        {
            yield return new FuzzInput(name, InputForm.Bytes, bytes);
        }
    }

    /// <inheritdoc/>
    public override byte[] Reseal(FuzzInput input) => input.Name == Whole ? Sha256Seal.Of(input.Bytes) : input.Bytes;

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        var checkpoint = input.Name switch
        {
            Whole => Read(input.Bytes),
            Weights => Sample with { Weights = input.Bytes },
            Optimizer => Sample with { Optimizer = input.Bytes },
            _ => Sample with { Sections = new Dictionary<string, byte[]>(Sample.Sections) { [input.Name] = input.Bytes } },
        };
        var network = Network.Create(_network, 1);
        if (checkpoint.Optimizer.Length == 0)
        {
            NetworkWeights.Load(network, checkpoint.Weights);
            Finite(network);
            return;
        }

        using var engine = new KernelEngine(network);
        var trainer = new Trainer(engine, _recipe.Training, _recipe.Seed);
        trainer.Restore(checkpoint);
        Finite(network);
        var epochs = 0;
        try
        {
            trainer.Run(_faces, onEpoch: _ =>
            {
                BrokenPromiseException.Unless(++epochs <= MostEpochs, "training goes on for more epochs than it was asked for");
                trainer.Capture();
            });
        }
        catch (CrossStitchException)
        {
            // Weights, or what the optimiser remembers, may be so large that the next loss is no number, which is documented.
        }
    }

    private static void Finite(Network network)
    {
        for (var i = 0; i < network.Parameters.Blocks.Count; i++)
        {
            foreach (var number in network.Parameters.Numbers(i))
            {
                BrokenPromiseException.Unless(float.IsFinite(number), "weights that are not finite are accepted");
            }
        }
    }

    private Checkpoint Read(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        var checkpoint = Checkpoint.Load(_path);
        BrokenPromiseException.Unless(checkpoint.Epoch >= 0 && checkpoint.BestEpoch >= 0, "a checkpoint of a negative epoch is accepted");
        return checkpoint;
    }

    private Checkpoint Trained()
    {
        using var engine = new KernelEngine(Network.Create(_network, 1));
        var trainer = new Trainer(engine, _recipe.Training with { Epochs = 1 }, _recipe.Seed);
        trainer.Run(_faces, progress: new Steps(() => _underWay = trainer.Capture().Sections[UnderWay]));

        // Behind the number of steps; they are others each time.
        _underWay.AsSpan(sizeof(int), 2 * sizeof(double)).Clear();
        return trainer.Capture();
    }

    private sealed class Steps(Action onStep) : IProgress<StepReport>
    {
        public void Report(StepReport value) => onStep();
    }
}
