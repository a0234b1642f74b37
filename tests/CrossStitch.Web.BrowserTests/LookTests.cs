namespace CrossStitch.Web.BrowserTests;

public sealed class LookTests(Browser browser)
{
    [Theory]
    [InlineData("desktop", 1280, 800, false, true)]
    [InlineData("desktop-dark", 1280, 800, true, false)]
    [InlineData("phone-dark", 390, 844, true, true)]
    [InlineData("small", 360, 640, false, false)]
    public async Task It_fits_and_axe_finds_nothing_serious(string name, int width, int height, bool isDark, bool asksAxe)
    {
        await using var served = await Served.Start(runs: new DrawnRuns());
        await using var shown = await Shown.Open(browser, served.Url, width, height, isDark);
        await shown.See("#limits", "JPEG");
        await shown.Photograph($"{name}-empty");
        await shown.Choose("photo.jpeg", "image/jpeg", Sample.Read(asksAxe ? "glasses" : "group"));
        await shown.SeeFaces(asksAxe ? 1 : 7);
        await Check("faces");
        await shown.Choose("notes.txt", "text/plain", "hello"u8.ToArray());
        await shown.See("[role=alert]", "not a picture");
        // All that stands on the page without a photo is there too.
        await Check("alert");
        await shown.Page.ClickAsync("#tab-training");
        await shown.See("#curves", "landmarks");
        await Check("training");

        async Task Check(string state)
        {
            await shown.Photograph($"{name}-{state}");
            Assert.Equal(0, await shown.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            Assert.Empty(asksAxe ? await shown.Barriers() : []);
        }
    }
}
