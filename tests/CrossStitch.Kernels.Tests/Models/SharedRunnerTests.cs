using System.Collections.Concurrent;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Kernels.Tests.Models;

/// <summary>A runner that many threads share, that is disposed while it runs, and that is forgotten.</summary>
[Collection(MeasuredMemory.Name)]
public sealed class SharedRunnerTests
{
    private static readonly int[] Batches = [1, 2, 5, 17, 33];

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, 400_000L)]
    public void Many_threads_at_once_get_the_bits_that_one_gets_alone(int threads, long? limit)
    {
        var work = new Work(RandomModels.Draw(RandomModels.Small, seed: 1));
        using var runner = new NetworkRunner(work.Model, threads, limit);
        Stress.Run(callers: 6, TimeSpan.FromSeconds(Stress.Seconds(0.4)), random =>
        {
            work.Check(runner, random.Next(Batches.Length));
            if (random.Next(50) == 0)
            {
                GC.Collect(random.Next(3));
            }
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Runners_that_are_disposed_or_forgotten_during_calls_end_them_rightly(int threads)
    {
        var work = new Work(RandomModels.Draw(RandomModels.Small, seed: 2));
        var current = new NetworkRunner(work.Model, threads);
        Stress.Run(callers: 5, TimeSpan.FromSeconds(Stress.Seconds(0.4)), random =>
        {
            var runner = current;
            if (random.Next(20) == 0)
            {
                // The others may be in the midst of the old one, and the last of them is all that holds it.
                current = new NetworkRunner(work.Model, threads);
                if (random.Next(2) == 0)
                {
                    runner.Dispose();
                }
            }

            try
            {
                work.Check(runner, random.Next(Batches.Length));
            }
            catch (ObjectDisposedException)
            {
                // Another thread disposed it before the call.
            }

            if (random.Next(50) == 0)
            {
                GC.Collect();
            }
        });
        current.Dispose();
        Assert.Throws<ObjectDisposedException>(() => work.Check(current, 0));
    }

    [Fact]
    public void A_call_that_waits_when_the_runner_is_disposed_is_told()
    {
        // With room for one lane only, all but one of the callers wait.
        var model = RandomModels.Draw(RandomModels.Paper, seed: 3);
        for (var round = 0; round < 5; round++)
        {
            var runner = new NetworkRunner(model, threads: 1, MemoryLimits.Smallest(model));
            var (input, ends) = (new float[64 * model.InputLength], new ConcurrentBag<bool>());
            var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                try
                {
                    while (true)
                    {
                        runner.Run(input, batch: 64);
                    }
                }
                catch (ObjectDisposedException)
                {
                    ends.Add(true);
                }
            })).ToList();
            callers.ForEach(caller => caller.Start());
            Thread.Sleep(5);
            runner.Dispose();
            callers.ForEach(caller => Assert.True(caller.Join(TimeSpan.FromSeconds(30))));
            Assert.Equal(4, ends.Count);
        }
    }

    [Fact]
    public void A_thousand_runners_forgotten_leave_memory_and_threads_as_they_were()
    {
        var work = new Work(RandomModels.Draw(RandomModels.Small, seed: 4));
        Forget(100);
        var before = Stress.Now();
        Forget(1000);
        var after = Stress.Now();

        // 1,000 runners with two threads have 1,000 of their own, and 130 MB.
        Assert.InRange(after.Threads, 0, before.Threads + 20);
        Assert.InRange(after.WorkingSet, 0, before.WorkingSet + (30 << 20));

        void Forget(int count)
        {
            for (var i = 0; i < count; i++)
            {
                work.Check(new NetworkRunner(work.Model, threads: 2), i % 3);
            }
        }
    }

    /// <summary>Batches, and what the network alone says of them.</summary>
    private sealed class Work
    {
        private readonly float[][] _inputs;
        private readonly float[][][] _expected;

        public Work(NetworkModel model)
        {
            Model = model;
            var random = new Random(5);
            _inputs = [.. Batches.Select(batch => Enumerable.Range(0, batch * model.InputLength).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray())];
            using var runner = new NetworkRunner(model);
            _expected = [.. _inputs.Select((input, b) =>
            {
                var output = runner.Run(input, Batches[b]);
                return Enumerable.Range(0, model.Heads.Count).Select(h => output[h].ToArray()).ToArray();
            })];
        }

        public NetworkModel Model { get; }

        public void Check(NetworkRunner runner, int batch)
        {
            var output = runner.Run(_inputs[batch], Batches[batch]);
            for (var h = 0; h < Model.Heads.Count; h++)
            {
                Assert.True(output[h].SequenceEqual(_expected[batch][h]), $"head {h} of a batch of {Batches[batch]}");
            }
        }
    }
}
