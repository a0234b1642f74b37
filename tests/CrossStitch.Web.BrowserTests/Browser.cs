using Microsoft.Playwright;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(CrossStitch.Web.BrowserTests.Browser))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace CrossStitch.Web.BrowserTests;

/// <summary>
/// One Chromium for all tests: the one of the system, or the one that <c>CROSSSTITCH_CHROMIUM</c> names. Its camera is a
/// fake one that shows a drawn face. Without a Chromium, tests are skipped.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe"];

    private readonly string _camera = Path.Combine(Path.GetTempPath(), $"crossstitch-camera-{Environment.ProcessId}.mjpeg");
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser; a test that asks for it is skipped where there is none.</summary>
    public IBrowser Chromium
    {
        get
        {
            Assert.SkipWhen(_browser is null, "There is no Chromium: install Debian's chromium, or name one in CROSSSTITCH_CHROMIUM.");
            return _browser;
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("CROSSSTITCH_CHROMIUM") is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);
        if (!File.Exists(program))
        {
            return;
        }

        await File.WriteAllBytesAsync(_camera, Sample.Read("smile"));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // A screen that nobody looks at: painting it the plain way costs least.
            Args = ["--disable-gpu", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream=fps=30", $"--use-file-for-fake-video-capture={_camera}"],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        File.Delete(_camera);
    }
}
