using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace CrossStitch.Web.BrowserTests;

public sealed class PhotoTests(Browser browser)
{
    [Fact]
    public async Task A_dropped_photo_shows_box_points_and_numbers_as_the_API_gives_them()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Drop("smile.jpeg", "image/jpeg", Sample.Read("smile"));
        await shown.SeeFaces(1);
        await shown.See("#status", "1 face found in ");

        using var client = new HttpClient();
        using var response = await client.PostAsync($"{served.Url}v1/analyze", new ByteArrayContent(Sample.Read("smile")));
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        var face = answer.GetProperty("faces")[0];
        var box = shown.Page.Locator("#overlay .box");
        foreach (var (attribute, name) in new[] { ("x", "left"), ("y", "top"), ("width", "side"), ("height", "side") })
        {
            Assert.Equal(face.GetProperty("box").GetProperty(name).GetDouble(), double.Parse((await box.GetAttributeAsync(attribute))!, CultureInfo.InvariantCulture), 3);
        }

        Assert.Equal("0 0 480 480", await shown.Page.Locator("#overlay").GetAttributeAsync("viewBox"));
        Assert.Equal(("480 × 480", "1"), (await shown.Fact("pixels"), await shown.Fact("faces")));
        Assert.Matches(@"^\d+(\.\d)? ms$", await shown.Fact("find"));
        var panel = await shown.Page.Locator(".face").InnerTextAsync();
        Assert.Contains("Female, frontal, smiling", panel);
        Assert.Contains($"score {face.GetProperty("score").GetDouble().ToString("0.00", CultureInfo.InvariantCulture)}", panel);
        var smile = 100 * face.GetProperty("smile").GetProperty("probability").GetDouble();
        var bar = await shown.Page.Locator(".bars dt:text-is('Smile') + dd i").GetAttributeAsync("style");
        Assert.Equal(smile, double.Parse(bar!["width: ".Length..].TrimEnd(';', '%'), CultureInfo.InvariantCulture), 0.01);
        Assert.Empty(shown.Complaints);
    }

    [Fact]
    public async Task The_file_dialog_opens_by_keyboard_and_points_lie_on_the_picture()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        var dialog = await shown.Page.RunAndWaitForFileChooserAsync(() => shown.Page.Locator("#choose").PressAsync("Enter"));
        await dialog.SetFilesAsync(Sample.PathOf("group"));
        await shown.SeeFaces(7);
        var picture = (await shown.Page.Locator("#frame img").BoundingBoxAsync())!;
        var overlay = (await shown.Page.Locator("#overlay").BoundingBoxAsync())!;
        Assert.Equal((picture.X, picture.Y, picture.Width, picture.Height), (overlay.X, overlay.Y, overlay.Width, overlay.Height));
        Assert.Equal(1.6, picture.Width / picture.Height, 0.01);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await shown.Page.Locator(".tag").AllInnerTextsAsync());
        Assert.Empty(shown.Complaints);
    }

    [Fact]
    public async Task A_pasted_photo_and_a_sample_each_replace_what_was_there()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Paste("image.png", "image/jpeg", Sample.Read("group"));
        await shown.SeeFaces(7);
        await shown.Page.GetByRole(AriaRole.Button, new() { Name = "Glasses" }).ClickAsync();
        await shown.SeeFaces(1);
        await shown.See(".face", "Male, frontal, glasses");
        Assert.Equal(1, await shown.Page.Locator("#frame img").CountAsync());
        Assert.Empty(shown.Complaints);
    }

    [Fact]
    public async Task A_panel_and_its_box_stand_out_together()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Choose("group.jpeg", "image/jpeg", Sample.Read("group"));
        await shown.SeeFaces(7);
        await shown.Page.Locator(".face").Nth(2).FocusAsync();
        Assert.Equal(["3"], await shown.Page.Locator(".tag.active").AllInnerTextsAsync());
        Assert.Equal(1, await shown.Page.Locator("#overlay g.active").CountAsync());

        await shown.Page.Locator(".box").Nth(4).HoverAsync();
        Assert.Equal("Face 5", await shown.Page.Locator(".face.active").GetAttributeAsync("aria-label"));
        await shown.Page.Locator(".box").Nth(4).ClickAsync();
        Assert.Equal("Face 5", await shown.Page.EvaluateAsync<string>("document.activeElement.ariaLabel"));
    }

    [Fact]
    public async Task A_newer_photo_stops_the_older_and_an_old_answer_is_never_shown()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        var first = new TaskCompletionSource<IRoute>();
        await shown.Page.RouteAsync("**/v1/analyze", route => first.TrySetResult(route) ? Task.CompletedTask : route.ContinueAsync());
        var stopped = new TaskCompletionSource<string?>();
        shown.Page.RequestFailed += (_, request) => stopped.TrySetResult(request.Failure);

        await shown.Choose("group.jpeg", "image/jpeg", Sample.Read("group"));
        await first.Task;
        await shown.Choose("smile.jpeg", "image/jpeg", Sample.Read("smile"));
        await shown.SeeFaces(1);
        Assert.Equal("net::ERR_ABORTED", await stopped.Task.WaitAsync(TimeSpan.FromSeconds(5)));
        await shown.SeeFaces(1);
    }

    [Fact]
    public async Task The_answer_is_saved_as_JSON()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Choose("party.jpeg", "image/jpeg", Sample.Read("group"));
        await shown.SeeFaces(7);
        var download = await shown.Page.RunAndWaitForDownloadAsync(() => shown.Page.ClickAsync("#save"));
        Assert.Equal("party.faces.json", download.SuggestedFilename);
        await using var file = await download.CreateReadStreamAsync();
        var saved = (await JsonDocument.ParseAsync(file)).RootElement;
        Assert.Equal(("party.jpeg", 7), (saved.GetProperty("photo").GetString(), saved.GetProperty("faces").GetArrayLength()));
        Assert.Empty(shown.Complaints);
    }
}
