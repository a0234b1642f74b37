using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;

namespace CrossStitch.Faces.Tests.Reading;

/// <summary>A reader that is disposed while others use it, with one thread a photo or several.</summary>
public sealed class DisposedReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Calls_under_way_end_as_they_should_or_say_that_it_was_disposed(int threads)
    {
        var gray = new byte[900 * 700];
        new Random(1).NextBytes(gray);
        for (var round = 0; round < 5; round++)
        {
            var reader = FaceReader.Load(null, null, threads);
            using var begun = new ManualResetEventSlim();
            var callers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                begun.Set();
                for (var i = 0; i < 50; i++)
                {
                    reader.Read(new PhotoPixels(gray, 900, 700, PixelFormat.Gray));
                }
            }, TestContext.Current.CancellationToken)).ToArray();
            begun.Wait(TestContext.Current.CancellationToken);
            Thread.Sleep(20);
            reader.Dispose();
            var errors = callers.Select(caller => Record.Exception(() => caller.GetAwaiter().GetResult())).ToList();
            Assert.All(errors, error => Assert.IsType<ObjectDisposedException>(error));
        }
    }

    [Fact]
    public void A_disposed_reader_reads_nothing_even_where_there_is_nothing_to_read()
    {
        var reader = new FaceReader(new RandomReaders.FixedFinder(), RandomReaders.Model(1));
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.Read(Photo()));
        Assert.Throws<ObjectDisposedException>(() => reader.ReadAt(Photo(), []));
        Assert.Throws<ObjectDisposedException>(() => reader.ReadSingle(Photo(), new ReaderOptions { Finder = new FinderOptions { MinimumScore = 0.5f } }));

        var finder = FaceFinder.LoadDefault();
        finder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => finder.Find(new PhotoPixels(new byte[1], 1, 1, PixelFormat.Gray)));

        static PhotoPixels Photo() => new(new byte[900], 30, 30, PixelFormat.Gray);
    }
}
