using System.Globalization;

namespace CrossStitch.Web.BrowserTests;

public sealed class WebcamTests(Browser browser)
{
    // What a browser without a graphics card reaches even beside other work on two cores; left alone, it is the camera's rate.
    private const int FramesASecond = 5;

    [Fact]
    public async Task The_webcam_is_followed_frame_by_frame_until_it_is_stopped()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        var (inFlight, most, frames) = (0, 0, 0);
        shown.Page.Request += (_, request) => most = request.Url.EndsWith("analyze", StringComparison.Ordinal) ? Math.Max(most, Interlocked.Increment(ref inFlight)) : most;
        shown.Page.RequestFinished += (_, request) => frames += request.Url.EndsWith("analyze", StringComparison.Ordinal) ? Math.Sign(Interlocked.Decrement(ref inFlight) + 1) : 0;

        await shown.Page.ClickAsync("#webcam");
        await shown.SeeFaces(1);
        await shown.See("#webcam", "Stop the webcam");
        var rate = 0;
        for (var trial = 0; trial < 40 && rate < FramesASecond; trial++)
        {
            await Task.Delay(100);
            rate = int.Parse((await shown.Fact("frames")).Split(' ')[0], CultureInfo.InvariantCulture);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{rate} frames a second");
        Assert.True(rate >= FramesASecond, $"{rate} frames a second");
        Assert.Equal(1, most);
        await shown.Photograph("webcam");

        await shown.Page.ClickAsync("#webcam");
        await shown.See("#status", "The webcam is off.");
        Assert.True(await shown.Page.EvaluateAsync<bool>("document.getElementById('video').srcObject === null"));
        Assert.False(await shown.Page.Locator("#frame").IsVisibleAsync());
        var seen = frames;
        await Task.Delay(200);
        Assert.InRange(frames, seen, seen + 1);
        Assert.Empty(shown.Complaints);
    }

    [Fact]
    public async Task A_camera_that_cannot_be_used_is_explained()
    {
        await using var served = await Served.Start();
        await using var shown = await Shown.Open(browser, served.Url);
        foreach (var (error, said) in new[]
        {
            ("NotAllowedError", "The browser may not use the camera."),
            ("NotFoundError", "No camera was found."),
            ("NotReadableError", "The camera cannot be read."),
        })
        {
            await shown.Page.EvaluateAsync("name => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name)); }", error);
            await shown.Page.ClickAsync("#webcam");
            await shown.See("[role=alert]", said);
        }

        Assert.Empty(shown.Complaints);
    }
}
