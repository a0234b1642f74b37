using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Tests.Annotations;

public class MemoryGateTests
{
    [Fact]
    public void Sixteen_threads_together_never_take_more_than_the_budget()
    {
        var gate = new MemoryGate(budget: 100);
        using (gate.Enter(40))
        using (gate.Enter(60))
        {
            // Two that fit go together: neither waits for the other.
        }

        long taken = 0, most = 0;
        var threads = Enumerable.Range(0, 16).Select(number => new Thread(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                long bytes = 1 + ((number * 37) + (i * 11)) % 60;
                using var place = gate.Enter(bytes);
                var now = Interlocked.Add(ref taken, bytes);
                InterlockedMax(ref most, now);
                Thread.SpinWait(200);
                Interlocked.Add(ref taken, -bytes);
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.InRange(most, 60, 100);
        Assert.InRange(gate.Peak, most, 100);
    }

    [Fact]
    public void What_is_larger_than_the_budget_goes_alone()
    {
        var gate = new MemoryGate(budget: 100);
        var large = gate.Enter(1000);
        using var entered = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            using var place = gate.Enter(1);
            entered.Set();
        });
        other.Start();

        // Not a measure of time: a thread that were let in would set the event at some moment before the large one leaves.
        Assert.False(entered.Wait(50, TestContext.Current.CancellationToken));
        large.Dispose();
        other.Join();

        Assert.True(entered.IsSet);
        Assert.Equal(1000, gate.Peak);
    }

    [Fact]
    public void The_largest_array_is_used_again_by_the_next_and_never_by_two_at_once()
    {
        var gate = new MemoryGate(budget: 100);
        byte[] Use(int length)
        {
            using var place = gate.Enter(1);
            return place.Room(length);
        }

        var large = Use(1000);
        Assert.Same(large, Use(10));
        using var one = gate.Enter(1);
        using var other = gate.Enter(1);
        Assert.Same(large, one.Room(1000));
        Assert.NotSame(large, other.Room(1000));
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
