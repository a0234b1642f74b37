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

    private static void Pause(int microseconds)
    {
        var until = System.Diagnostics.Stopwatch.GetTimestamp() + (microseconds * System.Diagnostics.Stopwatch.Frequency / 1_000_000);
        while (System.Diagnostics.Stopwatch.GetTimestamp() < until)
        {
            Thread.SpinWait(1);
        }
    }
}
