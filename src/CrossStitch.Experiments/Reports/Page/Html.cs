using System.Text;
using System.Xml.Linq;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>
/// HTML as elements, so that every text is escaped and every tag closed by construction; written so that both an HTML
/// and an XML parser read the same. What cannot be seen in a text is shown as <see cref="ShownText"/> has it.
/// </summary>
public static class Html
{
    /// <summary>The most characters of a piece of text.</summary>
    private const int MostText = 50_000;

    private static readonly HashSet<string> Void = ["meta", "link", "br", "hr", "img", "col", "input", "wbr"];

    /// <summary>An element; content as <see cref="XElement"/> takes it, nulls left out.</summary>
    public static XElement Tag(string name, params object?[] content) => new(name, content);

    /// <summary>An attribute.</summary>
    public static XAttribute Of(string name, object value) => new(name, value);

    /// <summary>A class attribute.</summary>
    public static XAttribute Class(string names) => new("class", names);

    /// <summary>A whole document.</summary>
    /// <param name="root">Its html element.</param>
    public static string Document(XElement root)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        Write(text, root);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, XElement element)
    {
        var name = element.Name.LocalName;
        text.Append('<').Append(name);
        foreach (var attribute in element.Attributes())
        {
            text.Append(' ').Append(attribute.Name.LocalName).Append("=\"").Append(Escape(ShownText.Lines(attribute.Value)).Replace("\"", "&quot;")).Append('"');
        }

        var isHtml = element.Name.Namespace == XNamespace.None;
        if (!element.Nodes().Any() && (!isHtml || Void.Contains(name)))
        {
            text.Append("/>");
            return;
        }

        text.Append('>');
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XElement child:
                    Write(text, child);
                    break;
                case XText words:
                    // HTML does not unescape what a style or script holds; ours hold nothing that would need it.
                    text.Append(name is "style" or "script" ? words.Value : Escape(ShownText.Lines(words.Value, MostText)));
                    break;
            }
        }

        text.Append("</").Append(name).Append('>');
        if (isHtml && name is not ("a" or "b" or "em" or "span" or "code" or "strong" or "abbr" or "sup" or "sub" or "small"))
        {
            text.Append('\n');
        }
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
