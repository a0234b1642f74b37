using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CrossStitch.Web.Page;

/// <summary>
/// The content security policy of a page of ours: of styles and scripts just those run that stand in it now, by their
/// hashes, and nothing that somebody else brings in. In time that grows as the page does, whatever is in it.
/// </summary>
internal static class ContentPolicy
{
    private const string Attribute = " style=\"";

    /// <summary>The directives for styles and scripts.</summary>
    /// <param name="html">The page.</param>
    public static string Of(string html)
    {
        var (scripts, styles, rest) = (new List<string>(), new List<string>(), new StringBuilder());
        var at = 0;
        while (Next(html, at) is { } element)
        {
            rest.Append(html, at, element.Start - at);
            if (!element.IsScript)
            {
                styles.Add(element.Body);
            }
            else if (!html.AsSpan(element.Start, element.BodyStart - element.Start).Contains("type=\"application/json\"", StringComparison.OrdinalIgnoreCase))
            {
                scripts.Add(element.Body);
            }

            at = element.End;
        }

        var attributes = StyleAttributes(rest.Append(html, at, html.Length - at).ToString()).Distinct().ToList();
        return $"script-src {Join(scripts)}; style-src {(attributes.Count > 0 ? "'unsafe-hashes' " : "")}{Join(styles.Concat(attributes))}";
    }

    /// <summary>The next element that holds a script or styles; null after the last one that is closed.</summary>
    private static (int Start, int BodyStart, int End, string Body, bool IsScript)? Next(string html, int from)
    {
        for (var start = Find(html, "<s", from); start >= 0; start = Find(html, "<s", start + 1))
        {
            var isScript = IsAt(html, "<script", start);
            if (isScript || IsAt(html, "<style", start))
            {
                var open = html.IndexOf('>', start);
                var close = open < 0 ? -1 : Find(html, isScript ? "</script" : "</style", open);
                return close < 0 ? null : (start, open + 1, close, html[(open + 1)..close], isScript);
            }
        }

        return null;
    }

    private static bool IsAt(string html, string text, int at) => html.AsSpan(at).StartsWith(text, StringComparison.OrdinalIgnoreCase);

    private static int Find(string html, string text, int from) => html.IndexOf(text, from, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> StyleAttributes(string html)
    {
        for (var start = Find(html, Attribute, 0); start >= 0;)
        {
            var end = html.IndexOf('"', start + Attribute.Length);
            if (end < 0)
            {
                yield break;
            }

            yield return WebUtility.HtmlDecode(html[(start + Attribute.Length)..end]);
            start = Find(html, Attribute, end);
        }
    }

    private static string Join(IEnumerable<string> texts)
    {
        var words = string.Join(' ', texts.Select(Hash).Distinct());
        return words.Length > 0 ? words : "'none'";
    }

    // Browsers hash a page's text after its line ends have become line feeds.
    private static string Hash(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal))))}'";
}
