using System.Reflection;
using System.Text;
using System.Text.Json;
using CrossStitch.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace CrossStitch.Web.Page;

/// <summary>The page: one HTML file with its styles, fonts, script and sample pictures in it.</summary>
internal sealed class FacesPage
{
    private const string Rules = "default-src 'none'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    private readonly byte[] _html;
    private readonly string _policy;

    /// <summary>Puts the page together.</summary>
    public FacesPage()
    {
        var html = Text("page.html")
            .Replace("{{style}}", Fonts() + Text("look.css") + Text("page.css"), StringComparison.Ordinal)
            .Replace("{{script}}", string.Concat(Names("script/").Select(Text)), StringComparison.Ordinal)
            .Replace("{{samples}}", Samples(), StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        _policy = Rules + ContentPolicy.Of(html);
        _html = Encoding.UTF8.GetBytes(html);
    }

    /// <summary>Answers with the page.</summary>
    /// <param name="context">The request.</param>
    public IResult Get(HttpContext context)
    {
        SafeHeaders.Apply(context.Response.Headers);
        if (context.Request.Path.Value?.EndsWith('/') != true)
        {
            // The page asks for what is beside it: below a prefix, its own address has to end as a folder's.
            return TypedResults.LocalRedirect($"~{context.Request.Path}/");
        }

        context.Response.Headers.ContentSecurityPolicy = _policy;
        context.Response.Headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()";
        return TypedResults.Bytes(_html, "text/html; charset=utf-8");
    }

    private static string Fonts() => string.Concat(new[] { ("Regular", 400), ("SemiBold", 600) }.Select(font =>
        $"@font-face{{font-family:\"Inter\";font-weight:{font.Item2};font-display:swap;src:url(data:font/otf;base64,{Convert.ToBase64String(Bytes($"Inter-{font.Item1}.otf"))}) format(\"opentype\")}}\n"));

    private static string Samples()
    {
        const string Folder = "samples/";
        return JsonSerializer.Serialize(Names(Folder).Select(name => new { name = Path.GetFileNameWithoutExtension(name[Folder.Length..]), type = $"image/{Path.GetExtension(name)[1..]}", data = Convert.ToBase64String(Bytes(name)) }));
    }

    private static IEnumerable<string> Names(string folder) =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    private static byte[] Bytes(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
