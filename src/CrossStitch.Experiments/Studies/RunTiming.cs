using System.Diagnostics;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Studies;

/// <summary>About how long a run takes: some of its steps, timed on this machine, times their number.</summary>
public static class RunTiming
{
    /// <summary>What a run takes beside its steps: reading, measuring, writing.</summary>
    private const double OtherSeconds = 2;

    private const int WarmUp = 2;
    private const double LongEnough = 0.5;

    /// <summary>Times a run.</summary>
    /// <param name="run">Which.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="catalog">What its recipe names.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Seconds, with the threads of its recipe.</returns>
    /// <exception cref="CrossStitchException">The recipe cannot be run.</exception>
    public static double Seconds(PlannedRun run, Dataset data, Catalog catalog, CancellationToken cancellation)
    {
        var recipe = run.Recipe.Settled();
        var network = recipe.Build(catalog);
        using var engine = recipe.Engine(catalog, network);
        var trainer = new Trainer(engine, recipe.Training, recipe.Seed, recipe.Weighting.Create(), [.. recipe.Extensions.Select(extension => extension.Create())]);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watch = new StepWatch(enough);
        try
        {
            trainer.Run(data.Training, recipe.Training.Patience > 0 ? data.Training : null, progress: watch, cancellation: enough.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Seen enough.
        }

        return (watch.SecondsAStep * watch.TotalSteps) + OtherSeconds;
    }

    private sealed class StepWatch(CancellationTokenSource enough) : IProgress<StepReport>
    {
        private readonly Stopwatch _clock = new();
        private int _steps;

        public double SecondsAStep => _steps > WarmUp ? _clock.Elapsed.TotalSeconds / (_steps - WarmUp) : 0;

        public long TotalSteps { get; private set; }

        public void Report(StepReport value)
        {
            TotalSteps = value.Steps;
            if (++_steps == WarmUp)
            {
                _clock.Start();
            }
            else if (_clock.Elapsed.TotalSeconds > LongEnough)
            {
                _clock.Stop();
                enough.Cancel();
            }
        }
    }
}
