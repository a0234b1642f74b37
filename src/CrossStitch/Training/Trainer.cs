using CrossStitch.Engines;
using CrossStitch.Optimizers;
using CrossStitch.Parameters;
using CrossStitch.Tasks;

namespace CrossStitch.Training;

/// <summary>
/// Trains a network on the joint loss <c>Σ λ_t L_t + λ_w Ω</c> (eq. 1 and 5). All randomness comes from
/// a seed and the epoch's number, so the same seed and thread count give the same weights
/// to the bit, and a training that went on from a <see cref="Checkpoint"/>, of any step, ends where one without a break does.
/// </summary>
public sealed class Trainer
{
    private readonly NetworkEngine _engine;
    private readonly TrainingOptions _options;
    private readonly long _seed;
    private readonly Optimizer _optimizer;
    private readonly StepLosses _losses;
    private readonly double[] _weights;
    private readonly LossWeighting _weighting;
    private readonly TrainingExtension[] _extensions;
    private Batch? _batch;
    private ParameterSet[]? _gradients;
    private EpochUnderWay? _underWay;
    private int _epoch;
    private int _bestEpoch;
    private double _bestLoss = double.PositiveInfinity;
    private byte[] _bestWeights = [];

    /// <summary>Prepares training.</summary>
    /// <param name="engine">Computes the network to train; the caller keeps and disposes it.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Of the order of examples and of their augmentation.</param>
    /// <param name="weighting">How the tasks' losses are weighed; null for the weights λ that they have.</param>
    /// <param name="extensions">What else accompanies training; an average that the options ask for is added to them.</param>
    /// <exception cref="CrossStitchException">An option is out of its range, or two extensions share a name.</exception>
    public Trainer(NetworkEngine engine, TrainingOptions options, long seed, LossWeighting? weighting = null, IReadOnlyList<TrainingExtension>? extensions = null)
    {
        options.Validate();
        (_engine, _options, _seed) = (engine, options, seed);
        _optimizer = Optimizer.Create(options, engine);
        _weights = new double[engine.Network.Description.Tasks.Count];
        _losses = new StepLosses(_weights.Length);
        _weighting = weighting ?? new FixedWeights();
        _extensions = [_weighting, .. extensions ?? [], .. options.AverageDecay > 0 ? new[] { new WeightAverage(options.AverageDecay) } : []];
        var twice = _extensions.Select(extension => extension.Name).Append(EpochUnderWay.Section).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new CrossStitchException(twice.Key == EpochUnderWay.Section
                ? $"An extension of the training is called '{twice.Key}', as a checkpoint's own section is; give it another name."
                : $"Two extensions of the training are called '{twice.Key}'; give each its own name.");
        }

        Array.ForEach(_extensions, extension => extension.Begin(engine.Network));
    }

    /// <summary>Trains to the last epoch, or until patience runs out.</summary>
    /// <param name="training">What to learn from.</param>
    /// <param name="validation">What early stopping watches; required if there is patience. <see cref="IScoredData"/> gives each epoch its scores.</param>
    /// <param name="onEpoch">Called after every epoch; the moment to <see cref="Capture"/>.</param>
    /// <param name="progress">Called after every step.</param>
    /// <param name="cancellation">
    /// Stops between two steps, or while the network is measured. <see cref="Capture"/> then has all that the epoch under way has
    /// come to, and training goes on from there: by another call, or elsewhere after <see cref="Restore(Checkpoint)"/>.
    /// </param>
    /// <exception cref="CrossStitchException">
    /// The loss, or a parameter after an epoch or at a stop, is no finite number, there is patience and nothing to watch, or the
    /// examples are fewer than those of the epoch under way.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TrainingOutcome Run(
        ILabelledData training,
        ILabelledData? validation = null,
        Action<EpochReport>? onEpoch = null,
        IProgress<StepReport>? progress = null,
        CancellationToken cancellation = default)
    {
        if (training.Count == 0 || (_options.Patience > 0 && validation is not { Count: > 0 }))
        {
            throw new CrossStitchException(training.Count == 0
                ? "There is nothing to train on: the training data is empty."
                : "Early stopping watches a validation set, and there is none; set one aside or set the patience to 0.");
        }

        while (_epoch < _options.Epochs && !PatienceIsOut)
        {
            var report = TrainEpoch(training, validation, progress, cancellation);
            onEpoch?.Invoke(report);
        }

        var stoppedEarly = PatienceIsOut && _epoch < _options.Epochs;
        if (_bestWeights.Length > 0)
        {
            NetworkWeights.Load(_engine.Network, _bestWeights);
        }
        else
        {
            // What was measured is what the network ends with.
            Array.ForEach(_extensions, extension => extension.BeforeMeasuring(_engine.Network));
        }

        return new TrainingOutcome(_epoch, _bestWeights.Length > 0 ? _bestEpoch : _epoch, stoppedEarly);
    }

    /// <summary>All that is needed to go on from here: after an epoch, after a step, or after <see cref="Run"/> was stopped.</summary>
    public Checkpoint Capture()
    {
        var sections = _extensions.ToDictionary(extension => extension.Name, extension => CheckpointSection.Bytes(extension.Save));
        if (_underWay is { Steps: > 0 } epoch)
        {
            sections.Add(EpochUnderWay.Section, CheckpointSection.Bytes(epoch.Save));
        }

        return new Checkpoint(_epoch, NetworkWeights.Save(_engine.Network.Parameters), CheckpointSection.Bytes(_optimizer.Save), _bestEpoch, _bestLoss, _bestWeights) { Sections = sections };
    }

    /// <summary>Goes back to where a checkpoint was captured.</summary>
    /// <param name="checkpoint">Of the same network and options.</param>
    /// <exception cref="CrossStitchException">It is of another network, optimiser or set of extensions, or holds what no training leaves.</exception>
    public void Restore(Checkpoint checkpoint)
    {
        if (checkpoint.BestWeights.Length > 0)
        {
            NetworkWeights.Read(_engine.Network, checkpoint.BestWeights);
        }

        NetworkWeights.Load(_engine.Network, checkpoint.Weights);
        _optimizer.Load(new BinaryReader(new MemoryStream(checkpoint.Optimizer)));
        foreach (var extension in _extensions)
        {
            CheckpointSection.Read(extension.Name, checkpoint.Sections.GetValueOrDefault(extension.Name) ?? [], CheckpointSection.Bytes(extension.Save).Length > 0, extension.Load);
        }

        _underWay = null;
        if (checkpoint.Sections.TryGetValue(EpochUnderWay.Section, out var section))
        {
            var epoch = new EpochUnderWay(_weights.Length);
            CheckpointSection.Read(EpochUnderWay.Section, section, isNeeded: true, epoch.Load);
            _underWay = epoch;
        }

        (_epoch, _bestEpoch, _bestWeights) = (checkpoint.Epoch, checkpoint.BestEpoch, checkpoint.BestWeights);
        _bestLoss = _bestEpoch > 0 ? checkpoint.BestLoss : double.PositiveInfinity;
    }

    private bool PatienceIsOut => _options.Patience > 0 && _epoch - _bestEpoch >= _options.Patience;

    private EpochReport TrainEpoch(ILabelledData training, ILabelledData? validation, IProgress<StepReport>? progress, CancellationToken cancellation)
    {
        var tasks = _engine.Network.Description.Tasks;
        var stepsPerEpoch = ((long)training.Count + _options.BatchSize - 1) / _options.BatchSize;
        var totalSteps = stepsPerEpoch * _options.Epochs;
        var underWay = _underWay ??= new EpochUnderWay(tasks.Count);
        if (underWay.Steps > stepsPerEpoch)
        {
            throw new CrossStitchException($"Epoch {_epoch + 1} is to go on after step {underWay.Steps}, and these {training.Count} examples are {stepsPerEpoch} steps; use the examples that it was begun with.");
        }

        IReadOnlyDictionary<string, float[]>? outputs;
        IReadOnlyDictionary<string, double>? validationLosses;
        underWay.Go();
        try
        {
            TakeSteps(underWay, training, stepsPerEpoch, progress, cancellation);
            RequireFinite("its last step");
            underWay.EndSteps();
            (outputs, validationLosses) = Measure(validation, cancellation);
        }
        finally
        {
            underWay.Pause();
        }

        var lastRate = _options.LearningRate * _options.Schedule.FactorAt((_epoch * stepsPerEpoch) + stepsPerEpoch - 1, totalSteps);
        (_underWay, var sums) = (null, underWay.Sums);
        _epoch++;
        return new EpochReport(
            _epoch,
            lastRate,
            sums.Joint / training.Count,
            tasks.Select((task, t) => (task.Name, Loss: sums.Tasks[t] / training.Count)).ToDictionary(pair => pair.Name, pair => pair.Loss),
            sums.Penalty / training.Count,
            validationLosses,
            StitchSummary.Of(_engine.Network),
            RelationSummary.Of(_engine.Network),
            underWay.Seconds,
            training.Count / underWay.TrainingSeconds,
            outputs is null ? null : (validation as IScoredData)?.Score(outputs));
    }

    /// <summary>The steps of an epoch that have not been taken.</summary>
    private void TakeSteps(EpochUnderWay underWay, ILabelledData training, long stepsPerEpoch, IProgress<StepReport>? progress, CancellationToken cancellation)
    {
        var tasks = _engine.Network.Description.Tasks;
        var seed = SeedSequence.Mix(_seed, _epoch);
        var order = SeedSequence.Shuffle(training.Count, seed);
        var totalSteps = stepsPerEpoch * _options.Epochs;
        var size = Math.Min(_options.BatchSize, training.Count);
        var batch = _batch is { } room && room.Capacity >= size ? room : _batch = new Batch(_engine.Network.Description, size);
        for (var i = underWay.Steps; i < stepsPerEpoch; i++)
        {
            if (cancellation.IsCancellationRequested)
            {
                RequireFinite($"step {i}");
                cancellation.ThrowIfCancellationRequested();
            }

            var step = (_epoch * stepsPerEpoch) + i;
            var first = i * _options.BatchSize;
            batch.Count = Math.Min(_options.BatchSize, order.Length - first);
            training.Fill(batch, order.AsSpan(first, batch.Count), seed);
            Weigh(batch, tasks);
            _engine.Learn(batch, _weights, _losses);
            RequireFinite(i + 1);
            _weighting.Observe(_losses.Tasks);
            _optimizer.Step(_options.LearningRate * _options.Schedule.FactorAt(step, totalSteps));
            foreach (var extension in _extensions)
            {
                extension.AfterStep(_engine.Network, step + 1);
            }

            underWay.Add(_losses, batch.Count);
            progress?.Report(new StepReport(_epoch + 1, _options.Epochs, step + 1, totalSteps, _losses.Joint));
        }
    }

    /// <summary>The weights of the next step.</summary>
    private void Weigh(Batch batch, IReadOnlyList<LearningTask> tasks)
    {
        if (!_weighting.NeedsGradients)
        {
            _weighting.Weigh(tasks, _weights);
            return;
        }

        _gradients ??= [.. Enumerable.Range(0, tasks.Count + 1).Select(_ => new ParameterSet(_engine.Network.Parameters.Blocks))];
        for (var task = 0; task <= tasks.Count; task++)
        {
            // Behind the last task: the penalty alone, which is in every gradient and no task's.
            _weights.AsSpan().Clear();
            if (task < tasks.Count)
            {
                _weights[task] = 1;
            }
            else if (_engine.Network.Description.Relation is null)
            {
                break;
            }

            _engine.Learn(batch, _weights, _losses);
            _gradients[task].CopyFrom(_engine.Gradients);
        }

        for (var task = 0; task < tasks.Count; task++)
        {
            _gradients[task].Subtract(_gradients[^1]);
        }

        _weighting.Weigh(tasks, new ArraySegment<ParameterSet>(_gradients, 0, tasks.Count), _weights);
    }

    private void RequireFinite(int step)
    {
        if (!double.IsFinite(_losses.Joint))
        {
            var names = _engine.Network.Description.Tasks.Where((_, t) => !double.IsFinite(_losses.Tasks[t])).Select(task => task.Name).Concat(double.IsFinite(_losses.Penalty) ? [] : ["weight relation"]);
            throw new CrossStitchException($"Epoch {_epoch + 1}, step {step}: the loss is {_losses.Joint} ({string.Join(", ", names)}); lower the learning rate ({_options.LearningRate}) or its factors.");
        }
    }

    /// <summary>A step may leave the finite numbers though the loss before it did not: not to be measured, nor saved.</summary>
    private void RequireFinite(string after)
    {
        if ((_engine.Network.Parameters.FirstNotFinite() ?? _optimizer.FirstImpossible()) is { } other)
        {
            throw new CrossStitchException($"Epoch {_epoch + 1}: after {after}, {other}; lower the learning rate ({_options.LearningRate}) or its factors.");
        }
    }

    /// <summary>Measures the network with the parameters that extensions lend it, and keeps those if they are the best.</summary>
    private (IReadOnlyDictionary<string, float[]>? Outputs, IReadOnlyDictionary<string, double>? Losses) Measure(ILabelledData? validation, CancellationToken cancellation)
    {
        if (validation is not { Count: > 0 })
        {
            return default;
        }

        Array.ForEach(_extensions, extension => extension.BeforeMeasuring(_engine.Network));
        try
        {
            var measured = Prediction.WithLosses(_engine, validation, _options.BatchSize, cancellation);
            if (_options.Patience > 0 && measured.Losses[_engine.Network.Description.Tasks[0].Name] is var loss && double.IsFinite(loss) && loss < _bestLoss)
            {
                (_bestLoss, _bestEpoch, _bestWeights) = (loss, _epoch + 1, NetworkWeights.Save(_engine.Network.Parameters));
            }

            return measured;
        }
        finally
        {
            Array.ForEach(_extensions, extension => extension.AfterMeasuring(_engine.Network));
        }
    }
}
