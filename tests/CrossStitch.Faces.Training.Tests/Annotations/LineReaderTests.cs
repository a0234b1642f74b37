using CrossStitch.Faces.Training.Annotations;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Annotations;

public class LineReaderTests
{
    [Fact]
    public void Lines_are_those_of_the_framework_cut_where_they_are_too_long() =>
        Gen.String[Gen.OneOf(Gen.Char["\r\n"], Gen.Char["\r\na"], Gen.Char), 0, 60].Sample(text =>
        {
            using var whole = new StringReader(text);
            using var cut = new StringReader(text);
            var lines = new LineReader(cut, longest: 3);
            for (var number = 1; whole.ReadLine() is { } line; number++)
            {
                Assert.Equal(line[..Math.Min(3, line.Length)], lines.Read());
                Assert.Equal((number, line.Length, line.Length > 3), (lines.Number, lines.Length, lines.IsTooLong));
            }

            Assert.Null(lines.Read());
        });

    [Fact]
    public void A_line_without_end_takes_no_memory()
    {
        using var endless = new Endless(20_000_000);
        var lines = new LineReader(endless, longest: 4096);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(4096, lines.Read()!.Length);

        Assert.Equal(20_000_000, lines.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Of_a_text_without_end_only_so_much_is_read()
    {
        using var endless = new Endless(int.MaxValue);
        var lines = new LineReader(endless, longest: 3, most: 1000);

        Assert.Equal("xxx", lines.Read());
        Assert.InRange(lines.Characters, 1001, 1002);
    }

    /// <summary>The same letter so many times.</summary>
    private sealed class Endless(int left) : TextReader
    {
        public override int Read() => left-- > 0 ? 'x' : -1;
    }
}
