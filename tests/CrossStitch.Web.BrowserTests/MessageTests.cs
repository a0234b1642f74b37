using System.Buffers.Binary;
using Microsoft.Playwright;

namespace CrossStitch.Web.BrowserTests;

public sealed class MessageTests(Browser browser)
{
    [Fact]
    public async Task What_is_no_picture_is_said_to_be_none()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Choose("notes.txt", "text/plain", "hello"u8.ToArray());
        await shown.See("[role=alert]", "This is not a picture that can be read.");
        await shown.Photograph("no-picture");
        await shown.Choose("nothing.png", "image/png", []);
        await shown.See("[role=alert]", "This file is empty.");

        // And the next photo is looked at as if nothing had happened.
        await shown.Choose("smile.jpeg", "image/jpeg", Sample.Read("smile"));
        await shown.SeeFaces(1);
        Assert.False(await shown.Page.Locator("[role=alert]").IsVisibleAsync());
    }

    [Fact]
    public async Task A_link_is_no_picture()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Page.EvaluateAsync(
            """
            () => {
              const clipboardData = new DataTransfer();
              clipboardData.setData("text/plain", "https://example.org/photo.jpg");
              document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
            }
            """);
        await shown.See("[role=alert]", "That was a link or text, and no picture.");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_sent()
    {
        await using var served = await Served.Start(faces => faces.MostBytes = 2 << 20);
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.See("#limits", "to 2 MB and 24 megapixels");
        var sent = 0;
        shown.Page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;
        await shown.Choose("large.jpeg", "image/jpeg", [.. Sample.Read("smile"), .. new byte[5 << 19]]);
        await shown.See("[role=alert]", "This photo is too large.");
        await shown.See("[role=alert]", "It has 2.5 MB; at most 2 MB are taken.");
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task A_photo_of_too_many_pixels_is_made_smaller_when_asked()
    {
        await using var served = await Served.Start(faces => faces.MostPixels = 300_000);
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.See("#limits", "0.3 megapixels");
        await shown.Choose("group.jpeg", "image/jpeg", Sample.Read("group"));
        await shown.See("[role=alert]", "It has 0.6 megapixels; at most 0.3 megapixels are taken.");
        await shown.Photograph("too-many-pixels");
        await shown.Page.ClickAsync("[role=alert] button");
        await shown.SeeFaces(7);
        Assert.Equal("692 × 433", await shown.Fact("pixels"));
    }

    [Fact]
    public async Task A_photo_without_faces_says_so()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.Choose("plain.bmp", "image/bmp", GrayBitmap(60, 40));
        await shown.See("#status", "No face found.");
        await shown.SeeFaces(0);
        Assert.Equal(("60 × 40", "0"), (await shown.Fact("pixels"), await shown.Fact("faces")));
        Assert.Empty(shown.Complaints);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_time_it_names()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        var asked = await RefuseOnce(shown, """{"title":"Busy","status":503,"code":"busy","detail":"All workers are busy."}""");
        await shown.Choose("smile.jpeg", "image/jpeg", Sample.Read("smile"));
        await shown.See("#status", "The server is busy. Trying again in 1 second");
        await shown.SeeFaces(1);
        Assert.Equal(2, asked());
    }

    [Fact]
    public async Task A_photo_that_takes_too_long_can_be_tried_again()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        await RefuseOnce(shown, """{"title":"Timed out","status":503,"code":"timed-out","detail":"It took longer than 10 s."}""");
        await shown.Choose("smile.jpeg", "image/jpeg", Sample.Read("smile"));
        await shown.See("[role=alert]", "This took too long.");
        await shown.See("[role=alert]", "It took longer than 10 s.");
        await shown.Page.ClickAsync("[role=alert] button");
        await shown.SeeFaces(1);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_missed_and_found_again()
    {
        var served = await Served.Start();
        var url = served.Url;
        await using var shown = await Shown.Open(browser, url);
        await shown.See("#limits", "JPEG");
        await served.DisposeAsync();
        await shown.Choose("smile.jpeg", "image/jpeg", Sample.Read("smile"));
        await shown.See("[role=alert]", "The server does not answer.");
        Assert.True(await shown.Page.Locator("#frame img").IsVisibleAsync());
        await shown.Photograph("gone");

        await using var again = await Served.Start(url: url);
        await shown.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await shown.SeeFaces(1);
        Assert.False(await shown.Page.Locator("[role=alert]").IsVisibleAsync());
    }

    /// <summary>Refuses the first photo in the server's place, and lets the others through.</summary>
    /// <returns>How many were asked so far.</returns>
    private static async Task<Func<int>> RefuseOnce(Shown shown, string problem)
    {
        var asked = 0;
        await shown.Page.RouteAsync("**/v1/analyze", route => asked++ > 0 ? route.ContinueAsync() : route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Headers = new Dictionary<string, string> { ["Retry-After"] = "1" },
            Body = problem,
        }));
        return () => asked;
    }

    /// <summary>A bitmap file of one gray.</summary>
    private static byte[] GrayBitmap(int width, int height)
    {
        const int Header = 54;
        var row = ((3 * width) + 3) / 4 * 4;
        var file = new byte[Header + (row * height)];
        file.AsSpan(Header).Fill(128);
        "BM"u8.CopyTo(file);
        foreach (var (at, value) in new[] { (2, file.Length), (10, Header), (14, 40), (18, width), (22, height), (26, 1 | (24 << 16)), (34, row * height) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        return file;
    }
}
