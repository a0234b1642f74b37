using System.Xml.Linq;
using AngleSharp.Html.Dom.Events;
using AngleSharp.Html.Parser;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Reports.Page;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Faces.Training.Tests.Reports;

[Collection(WrittenReport.Name)]
public sealed class StudyReportTests(WrittenReport written)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void The_page_is_strict_HTML_and_the_same_to_an_XML_parser()
    {
        var errors = new List<string>();
        var parser = new HtmlParser();
        parser.Error += (_, occurred) =>
        {
            // AngleSharp compares the end tag of a clipPath with its name in another case; the standard lowers both.
            var error = (HtmlErrorEvent)occurred;
            if (!written.Html.AsSpan(Math.Max(0, error.Position.Position - 13), 26).Contains("</clipPath>", StringComparison.Ordinal))
            {
                errors.Add($"{error.Message} at {error.Position}");
            }
        };
        var html = parser.ParseDocument(written.Html);

        Assert.Empty(errors);
        Assert.Equal(
            Page().Descendants().Where(element => element.Name.LocalName is not "html").Select(element => element.Name.LocalName.ToLowerInvariant()).Order(),
            html.All.Where(element => element.LocalName is not "html").Select(element => element.LocalName.ToLowerInvariant()).Order());
    }

    [Fact]
    public void Every_name_is_there_once_and_every_reference_finds_its_own()
    {
        var page = Page();
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        var wanted = page.Descendants().Attributes().SelectMany(attribute => attribute.Name.LocalName switch
        {
            "href" when attribute.Value.StartsWith('#') => [attribute.Value[1..]],
            "aria-labelledby" or "aria-describedby" => [attribute.Value],
            _ when attribute.Value.StartsWith("url(#", StringComparison.Ordinal) => new[] { attribute.Value["url(#".Length..^1] },
            _ => [],
        }).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.NotEmpty(wanted);
        Assert.Empty(wanted.Except(ids));
    }

    [Fact]
    public void The_page_needs_no_other_file_and_no_network()
    {
        var links = Page().Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "href" or "src" or "srcset" or "action").ToList();

        Assert.All(links, link => Assert.True(link.Value.StartsWith('#') || link.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal), link.Value[..Math.Min(80, link.Value.Length)]));
        Assert.DoesNotContain("http", written.Html.Replace(Svg.NamespaceName, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("@import", written.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Page().Descendants("link"), _ => true);
    }

    [Fact]
    public void Every_figure_says_in_words_what_it_shows()
    {
        var figures = Page().Descendants("figure").ToList();

        Assert.True(figures.Count >= 12);
        Assert.All(figures, figure =>
        {
            Assert.NotEqual("", figure.Element("figcaption")!.Value);
            var pictures = figure.Descendants(Svg + "svg").Where(svg => svg.Attribute("aria-hidden") is null).ToList();
            Assert.NotEmpty(pictures);
            Assert.All(pictures, svg => Assert.True(svg.Element(Svg + "title")!.Value.Length > 10));
        });
    }

    [Fact]
    public void The_page_holds_every_network_question_failure_and_recipe()
    {
        var text = Page().Root!.Value;

        Assert.All(written.Study.Runs, run => Assert.Contains(run.Variant.Name, text, StringComparison.Ordinal));
        Assert.All(written.Results.Questions.Skip(1), answer => Assert.Contains(answer.Sentence, text, StringComparison.Ordinal));
        Assert.Contains("the disk is full <&> \"gone\"", text, StringComparison.Ordinal);
        Assert.Contains("\"stitchRate\": 100", text, StringComparison.Ordinal);
        var verdict = Page().Descendants("div").Single(div => div.Attribute("class")?.Value == "verdict").Value;
        Assert.StartsWith(written.Results.Verdict, verdict, StringComparison.Ordinal);
        Assert.Contains("Is it the attributes, or the second tower? cross-stitch-all is ", verdict, StringComparison.Ordinal);
        Assert.Equal(21, Page().Descendants("table").First(table => table.Attribute("id")!.Value == "table-networks").Descendants("tbody").Elements("tr").Count());
    }

    [Fact]
    public void Every_figure_is_a_plain_SVG_file_and_a_PNG_with_something_on_it()
    {
        var folder = Path.Combine(written.Folder, "figures");
        var svgs = Directory.GetFiles(folder, "*.svg");

        Assert.Contains(Path.Combine(folder, "figure-5.svg"), svgs);
        Assert.All(svgs, path =>
        {
            var svg = XDocument.Load(path).Root!;
            Assert.Equal(Svg + "svg", svg.Name);
            Assert.NotEmpty(svg.Descendants(Svg + "text"));
            using var bitmap = SkiaSharp.SKBitmap.Decode(Path.ChangeExtension(path, ".png"));
            Assert.True(bitmap.Pixels.Distinct().Take(5).Count() == 5);
        });
    }

    [Fact]
    public void Text_in_figures_is_text_with_a_width_that_any_font_keeps()
    {
        var texts = XDocument.Load(Path.Combine(written.Folder, "figures", "figure-5.svg")).Descendants(Svg + "text").ToList();

        Assert.Contains(texts, text => text.Value == "left mouth");
        Assert.All(texts.Where(text => text.Value.Length > 1), text => Assert.True(double.Parse(text.Attribute("textLength")!.Value, System.Globalization.CultureInfo.InvariantCulture) > 0));
    }

    [Fact]
    public void No_text_of_a_figure_leaves_its_picture()
    {
        foreach (var svg in Page().Descendants(Svg + "svg").Where(svg => svg.Attribute("aria-hidden") is null))
        {
            var size = svg.Attribute("viewBox")!.Value.Split(' ').Select(Number).ToArray();
            Assert.All(svg.Descendants(Svg + "text"), text => Assert.All(Corners(text), corner => Assert.True(
                corner is { X: >= -1, Y: >= -1 } && corner.X <= size[2] + 1 && corner.Y <= size[3] + 1,
                $"{svg.Element(Svg + "title")!.Value}: '{text.Value}' at {corner} of {size[2]} x {size[3]}")));
        }
    }

    [Fact]
    public void Boxes_from_the_true_landmarks_are_named_in_the_verdict()
    {
        Assert.DoesNotContain("flatters", written.Html, StringComparison.Ordinal);
        var examples = written.Study.Examples;
        var boxes = examples.By("box")!;
        var half = boxes with { GroupOf = [.. boxes.GroupOf.Select((group, i) => i % 2 == 0 ? (int)BoxSource.Reference : group)] };
        var view = new StudyView(written.Study with { Examples = examples with { Groupings = [.. examples.Groupings.Where(grouping => grouping.Name != "box"), half] } }, written.Results);

        var verdict = XDocument.Parse(Page(view)).Descendants("div").Single(div => div.Attribute("class")?.Value == "verdict").Value;

        Assert.Contains("18 of 36 faces have a box derived from their true landmarks, not a detector's.", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_named_as_it_is_in_the_code()
    {
        var text = Page().Root!.Element("body")!.Value;
        Assert.All(
            new[] { typeof(Landmark), typeof(Verdict), typeof(ClaimFinding), typeof(BoxSource) }.SelectMany(Enum.GetNames).Where(name => name.Skip(1).Any(char.IsUpper)),
            name => Assert.DoesNotContain(name, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(new[] { "told", "mean_error", "curve_area" }, name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_study_gives_the_same_page()
    {
        var view = new StudyView(written.Study, StudyResults.Of(written.Study));

        Assert.Equal(written.Html, Page(view));
    }

    [Theory]
    [InlineData(1, false, "single")]
    [InlineData(1, false, "split")]
    [InlineData(1, false, "cross-stitch", "single")]
    [InlineData(2, false, "related-cross-stitch", "related")]
    [InlineData(0, false, "single")]
    public void A_study_that_is_not_whole_is_drawn_as_far_as_it_goes(int seeds, bool questions, params string[] networks)
    {
        var folder = Path.Combine(written.Folder, $"part-{seeds}-{string.Join('-', networks)}");
        var study = TinyStudy.Of(folder, seeds, networks, questions, faces: 5);

        StudyReport.Write(study, StudyResults.Of(study));

        var page = XDocument.Parse(File.ReadAllText(Path.Combine(folder, StudyReport.FileName)));
        Assert.Contains("Not in this report", page.Root!.Value, StringComparison.Ordinal);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToHashSet();
        Assert.All(page.Descendants("a").Attributes("href"), link => Assert.Contains(link.Value[1..], ids));
        Assert.All(page.Descendants("section"), section => Assert.True(section.Elements().Count() > 1));
    }

    private static string Page(StudyView view) =>
        ReportPage.Of(view, [.. ReportSections.Of(view).Select(section => (section, (IReadOnlyList<ReportPart>)[.. section.Content(view)]))]);

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<(double X, double Y)> Corners(XElement text)
    {
        double Of(string name, double otherwise = 0) => text.Attribute(name) is { } attribute ? Number(attribute.Value) : otherwise;
        var size = Of("font-size");
        var matrix = text.Attribute("transform")?.Value is { } transform
            ? [.. transform.StartsWith("matrix(", StringComparison.Ordinal) ? Array.Empty<double>() : [1, 0, 0, 1], .. transform.Split('(', ')')[1].Split(' ').Select(Number)]
            : new double[] { 1, 0, 0, 1, 0, 0 };
        foreach (var x in new[] { Of("x"), Of("x") + Of("textLength", 0.6 * size) })
        {
            foreach (var y in new[] { Of("y") - (0.72 * size), Of("y") })
            {
                yield return ((matrix[0] * x) + (matrix[2] * y) + matrix[4], (matrix[1] * x) + (matrix[3] * y) + matrix[5]);
            }
        }
    }

    private XDocument Page() => XDocument.Parse(written.Html);
}
