namespace CrossStitch.Web.Hosting;

/// <summary>Addresses to listen at.</summary>
public static class ServerUrls
{
    /// <summary>Reads addresses.</summary>
    /// <param name="text">Joined by semicolons.</param>
    /// <exception cref="ArgumentException">There is none, or one is no <c>http://host:port</c>.</exception>
    public static IReadOnlyList<Uri> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(One).ToList();
        return urls.Count > 0 ? urls : throw new ArgumentException("No address to listen at: give one such as http://127.0.0.1:5080.");
    }

    /// <summary>Whether nobody but this machine can reach any of them.</summary>
    /// <param name="urls">The addresses.</param>
    public static bool AreLocal(IEnumerable<Uri> urls) => urls.All(url => url.IsLoopback);

    // As servers are told to listen everywhere.
    private static Uri One(string text) =>
        Uri.TryCreate(text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/" && url.UserInfo.Length == 0
            ? url
            : throw new ArgumentException($"'{text}' is no address to listen at: give one such as http://127.0.0.1:5080 or http://0.0.0.0:5080; for https put a proxy before it.");
}
