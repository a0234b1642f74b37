using Microsoft.Playwright;

namespace CrossStitch.Web.BrowserTests;

public sealed class TrainingTests(Browser browser)
{
    [Fact]
    public async Task Runs_are_followed_live_with_curves_in_words_too_and_the_report()
    {
        await using var served = await Served.Start(runs: new DrawnRuns());
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Page.GetByRole(AriaRole.Tab, new() { Name = "Training" }).ClickAsync();
        await Assertions.Expect(shown.Page.Locator("#runs li")).ToHaveCountAsync(2);
        await shown.See("#runs", "3 / 6");
        await shown.See("#runs-name", "study");

        // A validation curve shares the chart of its training curve.
        Assert.Equal(["Losses", "Learning rate"], await shown.Page.Locator("#curves h2").AllInnerTextsAsync());
        Assert.Equal(3, await shown.Page.Locator(".chart svg").CountAsync());
        Assert.Equal(2, await shown.Page.Locator(".chart").First.Locator(".line").CountAsync());
        Assert.Equal("landmarks: training from 0.5 to 0.167 over 3 epochs; validation from 0.3 to 0.2 over 3 epochs", await shown.Page.Locator(".chart svg").First.GetAttributeAsync("aria-label"));
        await shown.See("#runs", "4 / 6");
        await Assertions.Expect(shown.Page.Locator(".chart svg").First).ToHaveAttributeAsync("aria-label", "landmarks: training from 0.5 to 0.125 over 4 epochs; validation from 0.3 to 0.15 over 4 epochs");

        var report = shown.Page.FrameLocator("#report iframe");
        await Assertions.Expect(report.Locator("h1")).ToHaveTextAsync("What came out");
        Assert.Equal("allow-scripts allow-popups", await shown.Page.Locator("#report iframe").GetAttributeAsync("sandbox"));
        await shown.Page.GetByRole(AriaRole.Button, new() { Name = "single" }).ClickAsync();
        await shown.See("#curves", "No epoch has ended yet.");
        Assert.Empty(shown.Complaints);
    }

    [Fact]
    public async Task Tabs_follow_the_arrow_keys_and_stay_through_a_reload()
    {
        await using var served = await Served.Start(runs: new DrawnRuns());
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Page.Locator("#tab-faces").FocusAsync();
        await shown.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(shown.Page.Locator("#view-training")).ToBeVisibleAsync();
        Assert.Equal("tab-training", await shown.Page.EvaluateAsync<string>("document.activeElement.id"));
        await shown.Page.ReloadAsync();
        await Assertions.Expect(shown.Page.Locator("#view-training")).ToBeVisibleAsync();
        await shown.Page.Locator("#tab-training").FocusAsync();
        await shown.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(shown.Page.Locator("#view-faces")).ToBeVisibleAsync();
        Assert.Equal(served.Url, shown.Page.Url);
    }

    [Fact]
    public async Task Without_runs_there_are_no_tabs()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.See("#about", "CrossStitch");
        Assert.False(await shown.Page.Locator("#tabs").IsVisibleAsync());
    }
}
