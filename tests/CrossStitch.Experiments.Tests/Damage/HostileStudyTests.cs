using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Tests.Damage;

/// <summary>Studies that somebody sent, made to harm whoever looks at them.</summary>
public sealed class HostileStudyTests(SmallStudy small) : IClassFixture<SmallStudy>
{
    /// <summary>Clears a screen, turns letters round, closes tags, begins a formula, and is long.</summary>
    private static readonly string Hostile = $"=\e[2J\u202Eevil\u2066\u0007<script>alert(1)</script>]]>&#27;[/]{new string('x', 7000)}";

    private static readonly string[] Texts = [".html", ".svg", ".md", ".csv", ".json"];

    [Fact]
    public void Text_of_others_is_only_text_in_a_report()
    {
        var folder = small.Copy();
        Edit(folder, "study.json", plan =>
        {
            plan["questions"]![0]!["title"] = Hostile;
            plan["questions"]![0]!["asks"] = Hostile;
        });
        Edit(folder, $"{SmallStudy.Stitched}/recipe.json", recipe =>
        {
            recipe["groups"]![1]!["name"] = Hostile;
            recipe["versions"]!["system"] = Hostile;
        });
        var examples = Path.Combine(folder, "test-examples.csv");
        File.WriteAllText(examples, File.ReadAllText(examples).Replace("parity", "par\u202Eity\e", StringComparison.Ordinal).Replace("even", "ev\u0007en" + new string('y', 10_000), StringComparison.Ordinal));
        Directory.Delete(Path.Combine(folder, "single-seed1"), recursive: true);
        Directory.CreateDirectory(Path.Combine(folder, "single-seed1"));
        File.WriteAllText(Path.Combine(folder, "single-seed1", "failure.txt"), Hostile + new string('z', 900_000));
        var written = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToHashSet();
        var beside = Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!).Order().ToList();

        var study = Study.Load(folder, SmallRuns.Catalog);
        var results = StudyResults.Of(study);
        StudyFiles.Write(study, results);
        StudyReport.Write(study, results, TestContext.Current.CancellationToken);

        Assert.Equal(2, study.Runs.Count);
        Assert.Single(study.Failures);
        Assert.Equal(beside, Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!).Order());
        var reports = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !written.Contains(file) && Texts.Contains(Path.GetExtension(file))).ToList();
        Assert.True(reports.Count > 10);
        Assert.All(reports, file =>
        {
            var text = File.ReadAllText(file);

            // A file of JSON holds what was asked as it is, in escapes of its own.
            Assert.DoesNotContain(text, character => char.IsControl(character) && character is not ('\n' or '\t'));
            Assert.True(file.EndsWith(".json", StringComparison.Ordinal) || !text.Contains('\u202E'), file);
            Assert.True(new FileInfo(file).Length < 3_000_000, file);
        });
        var page = XDocument.Load(Path.Combine(folder, StudyReport.FileName));
        Assert.Single(page.Descendants("script"));
        Assert.Contains(@"=\u001B[2J\u202Eevil\u2066\u0007<script>alert(1)</script>", page.Root!.Value, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(folder, "*.svg", SearchOption.AllDirectories), file => XDocument.Load(file));
    }

    [Theory]
    [InlineData("questions.0.id", "../../up")]
    [InlineData("questions.0.id", "a b")]
    [InlineData("questions.0.id", "\e")]
    [InlineData("variants.0.name", "..")]
    [InlineData("variants.0.name", "a/b")]
    [InlineData("variants.0.name", "")]
    [InlineData("runs.0.folder", "../single-seed1")]
    [InlineData("runs.0.folder", ".")]
    [InlineData("runs.0.folder", "/etc")]
    [InlineData("runs.0.folder", "split-all-seed1")]
    [InlineData("runs.0.folder", "Split-All-Seed1")]
    [InlineData("runs.0.variant", "split-all")]
    [InlineData("runs.0.variant", "nothing")]
    [InlineData("questions.0.variants.0", "nothing")]
    [InlineData("questions.0.title", null)]
    [InlineData("variants.1.auxiliary.0", null)]
    public void A_plan_whose_names_are_none_or_do_not_agree_is_refused(string place, string? value)
    {
        var folder = small.Copy();
        Edit(folder, "study.json", plan => Set(plan, place, value));
        var before = Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Length;
        var error = Assert.Throws<CrossStitchException>(() => Study.Load(folder, SmallRuns.Catalog));
        Assert.StartsWith(Path.Combine(folder, "study.json"), error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_folder_of_figures_that_leads_elsewhere_is_refused()
    {
        var (folder, elsewhere) = (small.Copy(), Directory.CreateTempSubdirectory("crossstitch-elsewhere-").FullName);
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, StudyReport.FigureFolder), elsewhere);
            var study = Study.Load(folder, SmallRuns.Catalog);
            Assert.Contains("is a link", Assert.Throws<CrossStitchException>(() => StudyReport.Write(study, StudyResults.Of(study), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public void Names_in_TensorBoard_keep_no_control_characters()
    {
        var folder = Directory.CreateTempSubdirectory("crossstitch-board-").FullName;
        try
        {
            new TensorBoardLog(folder).Append(new(1, 0.1, 1, new Dictionary<string, double> { ["a\e[2J\u202E"] = 1 }, 0, null, [], [], 1, 1));
            var text = Encoding.UTF8.GetString(File.ReadAllBytes(Directory.GetFiles(folder).Single()));
            Assert.Contains(@"training/a\u001B[2J\u202E", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Edit(string folder, string name, Action<JsonObject> edit)
    {
        var path = Path.Combine(folder, name);
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        edit(json);
        File.WriteAllText(path, json.ToJsonString());
    }

    private static void Set(JsonNode node, string place, string? value)
    {
        var parts = place.Split('.');
        foreach (var part in parts[..^1])
        {
            node = int.TryParse(part, out var index) ? node[index]! : node[part]!;
        }

        if (node is JsonArray list)
        {
            list[int.Parse(parts[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            node[parts[^1]] = value;
        }
    }
}
