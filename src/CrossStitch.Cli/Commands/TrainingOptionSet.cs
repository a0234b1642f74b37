using System.CommandLine;
using CrossStitch.Engines;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Crops;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Cli.Commands;

/// <summary>The options that say how networks are trained; their defaults are the recipe's.</summary>
/// <param name="drawnEpochs">Default of the epochs on drawn faces: they are few, so more passes than over real ones end as soon.</param>
/// <param name="defaultThreads">Default of the threads; 0 for all cores.</param>
internal sealed class TrainingOptionSet(int drawnEpochs = 40, int defaultThreads = 0)
{
    private static readonly Recipe Defaults = new();

    private readonly Option<int?> _epochs = new("--epochs")
    {
        Description = $"Passes over the training faces. [default: {Defaults.Training.Epochs}; {drawnEpochs} on drawn faces]",
        HelpName = "n",
    };

    private readonly Option<int> _batchSize = Number("--batch-size", "n", "Faces a step.", Defaults.Training.BatchSize);
    private readonly Option<string> _optimizer = EnumOption.Create("--optimizer", "How gradients become steps.", Defaults.Training.Optimizer);
    private readonly Option<double> _learningRate = Number("--learning-rate", "x", "The highest learning rate.", Defaults.Training.LearningRate);
    private readonly Option<string> _schedule = EnumOption.Create("--schedule", "How the learning rate moves.", Defaults.Training.Schedule.Kind);
    private readonly Option<double> _weightDecay = Number("--weight-decay", "x", "L2 decay of weights.", Defaults.Training.WeightDecay);
    private readonly Option<double> _clip = Number("--gradient-clip", "x", "Largest norm of the gradient; 0: no limit.", Defaults.Training.GradientClip);
    private readonly Option<int> _patience = Number("--patience", "epochs", "Stop after so many epochs without a better validation loss; 0: never.", Defaults.Training.Patience);
    private readonly Option<double> _validation = Number("--validation", "share", "Share of the training faces set aside for validation.", Defaults.ValidationShare);
    private readonly Option<double> _auxiliaryWeight = Number("--auxiliary-weight", "x", "λ of every auxiliary task, over the landmarks' 1.", Defaults.AuxiliaryWeight);
    private readonly Option<double> _relationWeight = Number("--relation-weight", "x", "λ_w of the weight relation.", Defaults.Relation.Weight);
    private readonly Option<string> _penalty = EnumOption.Create("--penalty", "The weight relation's penalty (section 3.3).", Defaults.Relation.Penalty);
    private readonly Option<double> _stitchRate = Number("--stitch-rate", "x", "Factor on the learning rate of α.", Defaults.Training.StitchRate);
    private readonly Option<double> _relationRate = Number("--relation-rate", "x", "Factor on the learning rate of a and b.", Defaults.Training.RelationRate);
    private readonly Option<double> _stitchSame = Number("--stitch-same", "x", "First value of α_S, what a tower takes of itself.", Defaults.Stitches.Same);
    private readonly Option<double> _stitchOther = Number("--stitch-other", "x", "First value of α_D, what a tower takes of another.", Defaults.Stitches.Other);
    private readonly Option<bool> _stitchPerLayer = new("--stitch-per-layer") { Description = "One cross-stitch matrix a layer instead of one a channel." };
    private readonly Option<bool> _noAugmentation = new("--no-augmentation") { Description = "Show every face as it is, every time." };
    private readonly Option<string> _engine = EnumOption.Create("--engine", "What computes the towers: our CPU kernels (fused) or TorchSharp's modules (eager).", Defaults.Engine);
    private readonly Option<int> _threads = Number("--threads", "n", "Threads of a network; 0: all cores. The same number gives the same weights.", defaultThreads);

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _epochs, _batchSize, _optimizer, _learningRate, _schedule, _weightDecay, _clip, _patience, _validation, _auxiliaryWeight, _relationWeight,
            _penalty, _stitchRate, _relationRate, _stitchSame, _stitchOther, _stitchPerLayer, _noAugmentation, _engine, _threads,
        ];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    public Recipe Read(ParseResult arguments, DataRecipe data)
    {
        var recipe = Recipe(arguments, data);
        recipe.Validate();
        return recipe;
    }

    private Recipe Recipe(ParseResult arguments, DataRecipe data) => new()
    {
        Data = data,
        Augmentation = arguments.GetValue(_noAugmentation) ? null : new CropAugmentation(),
        ValidationShare = arguments.GetValue(_validation),
        AuxiliaryWeight = arguments.GetValue(_auxiliaryWeight),
        Stitches = new CrossStitchOptions(!arguments.GetValue(_stitchPerLayer), arguments.GetValue(_stitchSame), arguments.GetValue(_stitchOther)),
        Relation = new WeightRelationOptions(EnumOption.Read<RelationPenalty>(arguments, _penalty), arguments.GetValue(_relationWeight)),
        Engine = EnumOption.Read<EngineKind>(arguments, _engine),
        Threads = arguments.GetValue(_threads),
        Training = new TrainingOptions
        {
            Epochs = arguments.GetValue(_epochs) ?? (data is DrawnData ? drawnEpochs : Defaults.Training.Epochs),
            BatchSize = arguments.GetValue(_batchSize),
            Optimizer = EnumOption.Read<OptimizerKind>(arguments, _optimizer),
            LearningRate = arguments.GetValue(_learningRate),
            Schedule = new LearningRateSchedule(EnumOption.Read<ScheduleKind>(arguments, _schedule)),
            WeightDecay = arguments.GetValue(_weightDecay),
            GradientClip = arguments.GetValue(_clip),
            StitchRate = arguments.GetValue(_stitchRate),
            RelationRate = arguments.GetValue(_relationRate),
            Patience = arguments.GetValue(_patience),
        },
    };

    private static Option<T> Number<T>(string name, string helpName, string description, T start) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => start };
}
