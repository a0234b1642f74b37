using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CrossStitch.Web.Page;

/// <summary>
/// The content security policy of a page of ours: of styles and scripts just those run that stand in it now, by their
/// hashes, and nothing that somebody else brings in.
/// </summary>
internal static partial class ContentPolicy
{
    /// <summary>The directives for styles and scripts.</summary>
    /// <param name="html">The page.</param>
    public static string Of(string html)
    {
        var scripts = Script().Matches(html).Select(match => Hash(match.Groups["body"].Value));
        var styles = Style().Matches(html).Select(match => Hash(match.Groups["body"].Value));
        var attributes = StyleAttribute().Matches(Style().Replace(Script().Replace(html, ""), "")).Select(match => Hash(WebUtility.HtmlDecode(match.Groups["body"].Value))).ToList();
        return $"script-src {Join(scripts)}; style-src {(attributes.Count > 0 ? "'unsafe-hashes' " : "")}{Join(styles.Concat(attributes))}";
    }

    private static string Join(IEnumerable<string> hashes)
    {
        var words = string.Join(' ', hashes.Distinct());
        return words.Length > 0 ? words : "'none'";
    }

    // Browsers hash a page's text after its line ends have become line feeds.
    private static string Hash(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal))))}'";

    [GeneratedRegex(@"<script(?![^>]*\btype=""application/json"")[^>]*>(?<body>.*?)</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex(@"<style[^>]*>(?<body>.*?)</style>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Style();

    [GeneratedRegex(@"\sstyle=""(?<body>[^""]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex StyleAttribute();
}
