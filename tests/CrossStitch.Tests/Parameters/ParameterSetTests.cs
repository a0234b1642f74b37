using CrossStitch.Parameters;

namespace CrossStitch.Tests.Parameters;

public sealed class ParameterSetTests
{
    private static readonly ParameterRole Role = ParameterRole.Weights;

    [Fact]
    public void Blocks_are_zeros_at_first_and_apart_from_each_other()
    {
        var set = new ParameterSet([new("one", [3, 5], Role), new("two", [17], Role), new("three", [1], Role)]);
        Assert.Equal(33, set.Count);
        for (var i = 0; i < 3; i++)
        {
            Assert.All(set.Numbers(i).ToArray(), number => Assert.Equal(0, number));
            set.Numbers(i).Fill(i + 1);
        }

        Assert.Equal((15, 15), (set["one"].Length, set["one"].ToArray().Count(number => number == 1)));
        Assert.Equal((17, 17), (set["two"].Length, set["two"].ToArray().Count(number => number == 2)));
        set.Clear();
        Assert.Equal([0f], set["three"].ToArray());
    }

    [Fact]
    public void Numbers_are_copied_block_by_block()
    {
        ParameterBlock[] blocks = [new("one", [2], Role), new("two", [3], Role)];
        var (from, to) = (new ParameterSet(blocks), new ParameterSet(blocks));
        ((float[])[1, 2]).CopyTo(from["one"]);
        ((float[])[3, 4, 5]).CopyTo(from["two"]);
        to.CopyFrom(from);
        from["one"].Clear();
        Assert.Equal([1f, 2, 3, 4, 5], [.. to["one"], .. to["two"]]);
    }

    [Fact]
    public void Blocks_of_one_name_or_without_a_role_are_refused()
    {
        var twice = Assert.Throws<CrossStitchException>(() => new ParameterSet([new("same", [1], Role), new("same", [2], Role)]));
        Assert.Contains("'same'", twice.Message, StringComparison.Ordinal);
        var idle = Assert.Throws<CrossStitchException>(() => new ParameterSet([new("idle", [1], null!)]));
        Assert.Contains("'idle' have no role", idle.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_fits_into_one_memory_is_refused()
    {
        Assert.Throws<CrossStitchException>(() => new ParameterSet([new("a", [1 << 30], Role), new("b", [1 << 30], Role)]));
    }

    [Fact]
    public void A_name_that_is_not_there_is_asked_back()
    {
        var set = new ParameterSet([new("tower0.pool1.weight", [1], Role)]);
        var error = Assert.Throws<CrossStitchException>(() => set.PlaceOf("tower0.pool1.wieght"));
        Assert.Contains("'tower0.pool1.wieght'", error.Message, StringComparison.Ordinal);
        Assert.Contains("tower0.pool1.weight", error.Message, StringComparison.Ordinal);
    }
}
