namespace CrossStitch.Kernels.Tests;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_worker_does_every_call_once_before_it_returns(int count)
    {
        using var team = new WorkerTeam(count);
        var calls = new int[count];
        var random = new Random(1);
        for (var call = 1; call <= 3000; call++)
        {
            team.Run(worker =>
            {
                Pause(worker * call % 7);
                calls[worker]++;
            });
            Assert.All(calls, done => Assert.Equal(call, done));

            // Sometimes the next call comes at once, sometimes when the workers sleep, sometimes as they fall asleep.
            Pause(call % 50 == 0 ? 2000 : random.Next(120));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Nobody_goes_on_before_all_have_met(int count)
    {
        using var team = new WorkerTeam(count);
        var reached = new int[count];
        var wrong = 0;
        for (var call = 0; call < 20; call++)
        {
            team.Run(worker =>
            {
                for (var meeting = 1; meeting <= 50; meeting++)
                {
                    Pause((worker + meeting) % 5);
                    Volatile.Write(ref reached[worker], meeting);
                    team.Meet();
                    for (var other = 0; other < count; other++)
                    {
                        wrong += Volatile.Read(ref reached[other]) < meeting ? 1 : 0;
                    }

                    team.Meet();
                }
            });
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_caller_that_is_interrupted_waits_for_all_the_same_and_learns_of_it_later()
    {
        using var team = new WorkerTeam(2);
        using var goOn = new ManualResetEventSlim();
        using var atWork = new ManualResetEventSlim();
        var (ended, endedFirst, told) = (false, false, false);
        Exception? thrown = null;
        var caller = new Thread(() =>
        {
            thrown = Record.Exception(() => team.Run(worker =>
            {
                if (worker == 1)
                {
                    atWork.Set();
                    goOn.Wait();
                    Volatile.Write(ref ended, true);
                }
            }));
            endedFirst = Volatile.Read(ref ended);
            told = Record.Exception(() => Thread.Sleep(1)) is ThreadInterruptedException;
        });
        caller.Start();
        atWork.Wait(TestContext.Current.CancellationToken);
        caller.Interrupt();
        caller.Join(50);
        goOn.Set();
        caller.Join();

        Assert.Null(thrown);
        Assert.True(endedFirst);
        Assert.True(told);
        team.Run(_ => { });
    }

    [Fact]
    public void What_a_worker_throws_is_thrown_after_all_have_ended()
    {
        using var team = new WorkerTeam(3);
        for (var guilty = 0; guilty < 3; guilty++)
        {
            var ended = 0;
            var error = Assert.Throws<FormatException>(() => team.Run(worker =>
            {
                if (worker == guilty)
                {
                    throw new FormatException($"worker {worker}");
                }

                Pause(500);
                Interlocked.Increment(ref ended);
            }));
            Assert.Equal($"worker {guilty}", error.Message);
            Assert.Equal(2, ended);
        }

        Assert.Throws<FormatException>(() => team.ForEach(100, thing => throw new FormatException()));
        var done = 0;
        team.ForEach(100, thing => Interlocked.Increment(ref done));
        Assert.Equal(100, done);
    }

    [Fact]
    public void Nobody_waits_for_a_worker_that_threw()
    {
        using var team = new WorkerTeam(3);
        for (var guilty = 0; guilty < 3; guilty++)
        {
            Assert.Equal($"worker {guilty}", Assert.Throws<FormatException>(() => team.Run(worker =>
            {
                team.Meet();
                if (worker == guilty)
                {
                    throw new FormatException($"worker {worker}");
                }

                team.Meet();
            })).Message);

            // And the next meeting is one of all again.
            var met = 0;
            team.Run(_ =>
            {
                Interlocked.Increment(ref met);
                team.Meet();
                Assert.Equal(3, Volatile.Read(ref met));
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_team_that_is_disposed_or_at_work_takes_no_call(int count)
    {
        var team = new WorkerTeam(count);
        team.Run(worker =>
        {
            if (worker == 0)
            {
                Assert.Throws<InvalidOperationException>(() => team.Run(_ => { }));

                // What is under way ends as if nothing were.
                team.Dispose();
            }

            team.Meet();
        });
        Assert.Throws<ObjectDisposedException>(() => team.Run(_ => { }));
        Assert.Throws<ObjectDisposedException>(() => team.ForEach(1, _ => { }));
        team.Dispose();
    }

    [Fact]
    public void Teams_that_are_forgotten_let_their_threads_go()
    {
        static int Threads()
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.Threads.Count;
        }

        var before = Threads();
        Forget(100);
        var left = int.MaxValue;
        for (var attempt = 0; attempt < 100 && left > before + 50; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
            left = Threads();
        }

        // Other tests have threads too, but not three hundred.
        Assert.InRange(left, 0, before + 50);

        static void Forget(int teams)
        {
            var calls = 0;
            for (var i = 0; i < teams; i++)
            {
                new WorkerTeam(4).Run(_ => Interlocked.Increment(ref calls));
            }

            Assert.Equal(4 * teams, calls);
        }
    }

    private static void Pause(int microseconds)
    {
        var until = System.Diagnostics.Stopwatch.GetTimestamp() + (microseconds * System.Diagnostics.Stopwatch.Frequency / 1_000_000);
        while (System.Diagnostics.Stopwatch.GetTimestamp() < until)
        {
            Thread.SpinWait(1);
        }
    }
}
