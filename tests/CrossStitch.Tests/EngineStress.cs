using System.Collections.Concurrent;
using CrossStitch.Engines;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Tests;

/// <summary>
/// Networks built, saved, loaded, trained, asked and measured on several threads at once, while the garbage is collected all
/// the time: each gives the bits that it gives alone, and memory stays as it is.
/// </summary>
/// <param name="build">Makes a network by its name and its seed.</param>
/// <param name="start">Makes an engine.</param>
internal sealed class EngineStress(Func<string, long, Network> build, Func<Network, NetworkEngine> start)
{
    /// <summary>How many things are done at once.</summary>
    public const int Works = 6;

    private static readonly string[] Names = [.. TestNetworks.Names];
    private static readonly TrainingOptions Options = new() { Epochs = 2, BatchSize = 8, LearningRate = 0.01, AverageDecay = 0.9 };
    private readonly ConcurrentQueue<Exception> _errors = [];
    private readonly ConcurrentDictionary<string, int> _rounds = [];
    private readonly List<(long Managed, long Resident)> _memory = [];

    /// <summary>How long the environment wants it: a second and a half, or CROSSSTITCH_STRESS_SECONDS (20) where slow tests are wanted.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1"
        ? double.Parse(Environment.GetEnvironmentVariable("CROSSSTITCH_STRESS_SECONDS") ?? "20", System.Globalization.CultureInfo.InvariantCulture)
        : 1.5);

    /// <summary>Does it, and throws what failed.</summary>
    /// <param name="duration">For how long.</param>
    /// <param name="flat">Whether memory must stay as it is, where there is time for it to grow.</param>
    /// <returns>How often each thing was done.</returns>
    public IReadOnlyDictionary<string, int> Run(TimeSpan duration, bool flat = true)
    {
        var expected = Names.ToDictionary(name => name, All);
        using var stop = new CancellationTokenSource();
        Thread[] threads = [.. new (string Name, Action<int> Round)[]
        {
            ("build, save and load", i => Same(expected[Name(i)].First, Reloaded(build(Name(i), 1)), "first weights")),
            ("train and checkpoint", i => Same(expected[Name(i)].Trained, Train(Name(i)), "trained weights")),
            ("train", i => Same(expected[Name(i + 2)].Trained, Train(Name(i + 2)), "trained weights")),
            ("predict and measure", i => Same(expected[Name(i)].Predicted, Predict(Name(i)), "predictions")),
            ("forget an engine", i => _ = TestNetworks.Predict(start(build(Name(i), 1)), TestNetworks.Noise(144), 1)),
            ("collect", Collect),
        }.Select(work => new Thread(() => Repeat(work.Name, work.Round, stop)))];
        Array.ForEach(threads, thread => thread.Start());
        stop.Token.WaitHandle.WaitOne(duration);
        stop.Cancel();
        Array.ForEach(threads, thread => thread.Join());
        if (!_errors.IsEmpty)
        {
            throw new AggregateException(_errors);
        }

        var eighths = _memory.Chunk(Math.Max(1, _memory.Count / 8)).Select(chunk => $"{chunk.Max(sample => sample.Resident) >> 20}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(", ", _rounds.Select(round => $"{round.Key}: {round.Value}"))}; MiB resident at most, eighth by eighth: {string.Join(", ", eighths)}");
        if (flat && duration >= TimeSpan.FromSeconds(15))
        {
            RequireFlat();
        }

        return _rounds;
    }

    private static string Name(int round) => Names[round % Names.Length];

    private void Repeat(string name, Action<int> round, CancellationTokenSource stop)
    {
        try
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                round(i);
                _rounds[name] = i + 1;
            }
        }
        catch (Exception error)
        {
            _errors.Enqueue(new InvalidOperationException($"{name}: {error.Message}", error));
            stop.Cancel();
        }
    }

    private (byte[] First, byte[] Trained, byte[] Predicted) All(string name) => (NetworkWeights.Save(build(name, 1).Parameters), Train(name), Predict(name));

    private byte[] Reloaded(Network network)
    {
        var other = build(network.Description.Name, 2);
        NetworkWeights.Load(other, NetworkWeights.Save(network.Parameters));
        return NetworkWeights.Save(other.Parameters);
    }

    /// <summary>An epoch, a checkpoint to disk and back, and another epoch on a new network.</summary>
    private byte[] Train(string name)
    {
        var data = new RandomData(16);
        using var first = start(build(name, 1));
        using var stopped = new CancellationTokenSource();
        Checkpoint? after = null;
        var trainer = new Trainer(first, Options, seed: 1);
        try
        {
            trainer.Run(data, data, _ =>
            {
                after ??= trainer.Capture();
                stopped.Cancel();
            }, cancellation: stopped.Token);
        }
        catch (OperationCanceledException)
        {
            // After the first epoch.
        }

        var path = Path.Combine(Path.GetTempPath(), $"crossstitch-{Guid.NewGuid():N}.ckpt");
        try
        {
            after!.Save(path);
            using var second = start(build(name, 2));
            var resumed = new Trainer(second, Options, seed: 1);
            resumed.Restore(Checkpoint.Load(path));
            resumed.Run(data, data);
            return NetworkWeights.Save(second.Network.Parameters);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private byte[] Predict(string name)
    {
        using var engine = start(build(name, 1));
        var data = new RandomData(12);
        var outputs = Prediction.Of(engine, data, batchSize: 5);
        var losses = Prediction.Losses(engine, data, batchSize: 12);
        return [.. engine.Network.Description.Tasks.SelectMany(task => outputs[task.Name].SelectMany(BitConverter.GetBytes).Concat(BitConverter.GetBytes(losses[task.Name])))];
    }

    private void Collect(int round)
    {
        GC.Collect(round % 3);
        GC.WaitForPendingFinalizers();
        if (round % 3 == 2)
        {
            _memory.Add((GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet));
        }

        Thread.Yield();
    }

    /// <summary>
    /// At its least the last quarter took no more memory than the second one did at most, but for a little noise. On a busy
    /// machine the most of a quarter is what was made between two collections, and no measure of what stays.
    /// </summary>
    private void RequireFlat()
    {
        var quarter = _memory.Count / 4;
        var (early, late) = (_memory.Skip(quarter).Take(quarter).ToList(), _memory.TakeLast(quarter).ToList());
        Require("managed", early.Max(sample => sample.Managed), late.Min(sample => sample.Managed));
        Require("resident", early.Max(sample => sample.Resident), late.Min(sample => sample.Resident));

        static void Require(string what, long early, long late) =>
            Assert.True(late <= (1.05 * early) + (8 << 20), $"{what} memory grew from {early >> 10} KiB to {late >> 10} KiB");
    }

    private static void Same(byte[] expected, byte[] actual, string what) => Assert.True(expected.AsSpan().SequenceEqual(actual), $"other {what} than alone");
}
