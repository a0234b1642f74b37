namespace CrossStitch.Web;

/// <summary>What the endpoints allow and use. Each limit has an answer of its own, which says what to do.</summary>
public sealed class FacesOptions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <summary>The finder's file; null for the one that comes with <c>CrossStitch.Faces</c>.</summary>
    public string? FinderFile { get; set; }

    /// <summary>The file of the network that reads the faces; null for the one that comes with <c>CrossStitch.Faces</c>.</summary>
    public string? ModelFile { get; set; }

    /// <summary>The file of the network that looks at every face again; null for the one that comes with <c>CrossStitch.Faces</c>, and for none beside a <see cref="ModelFile"/>.</summary>
    public string? SecondLookFile { get; set; }

    /// <summary>The most bytes of a photo's file. Larger ones are refused with 413 before they are read whole.</summary>
    public int MostBytes { get; set; } = 16 << 20;

    /// <summary>The most pixels of a photo. More are refused with 413 before any is decoded.</summary>
    public int MostPixels { get; set; } = 24_000_000;

    /// <summary>The most photos of one batch.</summary>
    public int MostPhotos { get; set; } = 100;

    /// <summary>The bytes that photos in all requests may hold together while they are sent; what does not fit is refused with 503.</summary>
    public long MostBytesHeld { get; set; } = 256L << 20;

    /// <summary>Photos that are worked on at the same time, each by one thread.</summary>
    public int Workers { get; set; } = Environment.ProcessorCount;

    /// <summary>Photos that may wait for a worker; one more is refused at once with 503.</summary>
    public int Waiting { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>How long a photo may wait and be worked on, in all; longer is given up with 503.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a photo's file may take to arrive; longer is given up with 408.</summary>
    public TimeSpan ReceiveTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>What a request must show, as a bearer token or in the page's cookie; null where anybody who reaches the server may ask.</summary>
    public string? Token { get; set; }

    /// <exception cref="ArgumentException">A limit is out of its range.</exception>
    internal void Validate()
    {
        Require(MostBytes >= 1, nameof(MostBytes), MostBytes, "at least 1");
        Require(MostPixels is >= 1 and <= Faces.PhotoPixels.MostPixels, nameof(MostPixels), MostPixels, $"from 1 to {Faces.PhotoPixels.MostPixels}");
        Require(MostPhotos >= 1, nameof(MostPhotos), MostPhotos, "at least 1");
        Require(MostBytesHeld > MostBytes, nameof(MostBytesHeld), MostBytesHeld, $"above {nameof(MostBytes)}, {MostBytes}");
        Require(Workers is >= 1 and <= 1024, nameof(Workers), Workers, "from 1 to 1024");
        Require(Waiting is >= 1 and <= 1_000_000, nameof(Waiting), Waiting, "from 1 to 1,000,000");
        Require(Timeout > TimeSpan.Zero && Timeout <= LongestTimeout, nameof(Timeout), Timeout, "above zero and at most an hour");
        Require(ReceiveTimeout > TimeSpan.Zero && ReceiveTimeout <= LongestTimeout, nameof(ReceiveTimeout), ReceiveTimeout, "above zero and at most an hour");
        Require(Token is not "", nameof(Token), "\"\"", "some text, or null for none");
    }

    private static void Require(bool holds, string name, object value, string must)
    {
        if (!holds)
        {
            throw new ArgumentException($"{nameof(FacesOptions)}.{name} is {value}: it must be {must}.");
        }
    }
}
