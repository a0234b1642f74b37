using CrossStitch.Experiments.Data;
using CsCheck;

namespace CrossStitch.Experiments.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private static readonly string[] Texts = ["", "plain", "a,b", "say \"so\"", "\"", "two\nlines", "\r\n", "größe", " "];

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Any_text_survives_a_file() => Gen.Int[0, Texts.Length - 1].Select(place => Texts[place]).Array[3].Array[0, 5].Sample(
        rows =>
        {
            File.WriteAllText(_path, Csv.Text(["one", "two, with a comma", "three"], rows));
            var (columns, read) = Csv.Load(_path);
            Assert.Equal(["one", "two, with a comma", "three"], columns);
            Assert.Equal(rows, read);
        },
        iter: 200,
        threads: 1);

    [Theory]
    [InlineData("", "(1): the table is empty")]
    [InlineData("a,b\n1,2\n3\n", "(3): the row has 1 cells, and there are 2 columns")]
    [InlineData("a\n1,2\n", "(2): the row has 2 cells, and there are 1 columns")]
    public void A_damaged_table_is_an_error_that_says_where(string text, string expected)
    {
        File.WriteAllText(_path, text);
        Assert.StartsWith(_path + expected, Assert.Throws<CrossStitchException>(() => Csv.Load(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_table_is_named() => Assert.StartsWith(_path, Assert.Throws<CrossStitchException>(() => Csv.Load(_path)).Message, StringComparison.Ordinal);
}
