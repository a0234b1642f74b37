using CrossStitch.Web.Runs;
using Microsoft.Extensions.Logging;

namespace CrossStitch.Web.Hosting;

/// <summary>How a server of its own is set up.</summary>
public sealed record FacesServerOptions
{
    /// <summary>Where it listens: addresses such as <c>http://127.0.0.1:5080</c>, joined by semicolons. Port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Limits, models and the token. Without a token, a server that only this machine reaches answers to names of this machine alone; one that listens for others, to any.</summary>
    public Action<FacesOptions>? Faces { get; init; }

    /// <summary>Training runs that the page shows too; null for none.</summary>
    public ITrainingRuns? Runs { get; init; }

    /// <summary>Where the server logs to; null for nowhere.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
