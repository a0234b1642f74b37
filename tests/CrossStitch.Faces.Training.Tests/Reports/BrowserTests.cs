using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CrossStitch.Faces.Training.Tests.Reports;

/// <summary>The page as Chromium shows it; skipped where there is none.</summary>
[Collection(WrittenReport.Name)]
public sealed partial class BrowserTests(WrittenReport written)
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    [Fact]
    public void On_a_phone_nothing_but_tables_and_wide_figures_scrolls_sideways_the_verdict_fits_and_a_click_sorts()
    {
        var browser = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "No Chromium on the PATH.");

        var title = TitleAfter(browser!, """
            var heads = document.querySelectorAll("#table-networks thead button");
            heads[2].click();
            var first = document.querySelector("#table-networks tbody tr");
            var least = Math.min.apply(null, Array.from(document.querySelectorAll("#table-networks tbody tr"), function (row) { return +row.cells[2].dataset.key; }));
            var forest = document.querySelector("#differences .narrow").getBoundingClientRect();
            var wide = document.querySelector("#differences .wide").getBoundingClientRect();
            document.title = [document.documentElement.scrollWidth, document.documentElement.clientWidth, +first.cells[2].dataset.key === least, heads.length,
              forest.width > 300 && forest.right <= document.documentElement.clientWidth && wide.width === 0].join(" ");
            """);

        var said = title.Split(' ');
        Assert.Equal(said[1], said[0]);
        Assert.Equal("true", said[2]);
        Assert.Equal("true", said[4]);
        Assert.Equal(11, int.Parse(said[3], CultureInfo.InvariantCulture));
    }

    private string TitleAfter(string browser, string script)
    {
        var path = Path.Combine(written.Folder, "probed.html");
        File.WriteAllText(path, written.Html.Replace("</body>", $"<script>{script}</script></body>", StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo(browser, [
            "--headless", "--no-sandbox", "--disable-gpu", "--window-size=500,800", $"--user-data-dir={Path.Combine(written.Folder, "profile")}", "--dump-dom", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var page = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Title().Match(page).Groups[1].Value;
    }

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex Title();
}
