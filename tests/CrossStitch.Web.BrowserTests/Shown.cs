using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CrossStitch.Web.BrowserTests;

/// <summary>The page, open in a browser that forgets everything afterwards.</summary>
internal sealed class Shown : IAsyncDisposable
{
    // Long, for a machine that does other things at the same time.
    private const float Patience = 30_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Shown(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        context.SetDefaultTimeout(Patience);
        page.Console += (_, message) => Complain(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Complain(true, error);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What the browser complained of: errors of the script, what the content security policy refused, answers that failed.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>Opens the page of a server.</summary>
    /// <param name="browser">In which browser.</param>
    /// <param name="url">The page's address.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="isDark">Whether the reader likes it dark.</param>
    public static async Task<Shown> Open(Browser browser, string url, int width = 1280, int height = 800, bool isDark = false)
    {
        var context = await browser.Chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var shown = new Shown(context, await context.NewPageAsync());
        await shown.Page.GotoAsync(url);
        return shown;
    }

    /// <summary>Gives the page a file, as the file dialog does.</summary>
    public Task Choose(string name, string type, byte[] bytes) =>
        Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = bytes });

    /// <summary>Drops a file on the page.</summary>
    public async Task Drop(string name, string type, byte[] bytes)
    {
        await using var transfer = await Transfer(name, type, bytes);
        foreach (var step in new[] { "dragenter", "dragover", "drop" })
        {
            await Page.DispatchEventAsync("#stage", step, new { dataTransfer = transfer });
        }
    }

    /// <summary>Pastes a file.</summary>
    public async Task Paste(string name, string type, byte[] bytes)
    {
        await using var transfer = await Transfer(name, type, bytes);
        await transfer.EvaluateAsync("clipboardData => document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))");
    }

    /// <summary>Waits until as many faces are marked, each with a box and five points, and have a panel.</summary>
    public async Task SeeFaces(int count)
    {
        await Assertions.Expect(Page.Locator(".face")).ToHaveCountAsync(count);
        await Assertions.Expect(Page.Locator("#overlay .box")).ToHaveCountAsync(count);
        await Assertions.Expect(Page.Locator("#overlay .point")).ToHaveCountAsync(5 * count);
    }

    /// <summary>Waits until a text is there.</summary>
    public Task See(string selector, string text) => Assertions.Expect(Page.Locator(selector)).ToContainTextAsync(text, new() { Timeout = Patience });

    /// <summary>A number of the line above the panels.</summary>
    public Task<string> Fact(string name) => Page.Locator($"#facts div:has(dt:text-is('{name}')) dd").InnerTextAsync();

    /// <summary>Saves a picture of the page where <c>CROSSSTITCH_SCREENSHOTS</c> names a folder.</summary>
    public async Task Photograph(string name)
    {
        if (Environment.GetEnvironmentVariable("CROSSSTITCH_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
        }
    }

    /// <summary>What axe finds that is serious or worse.</summary>
    public async Task<IReadOnlyList<string>> Barriers()
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. result.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private Task<IJSHandle> Transfer(string name, string type, byte[] bytes) => Page.EvaluateHandleAsync(
        """
        ([name, type, data]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], name, { type }));
          return transfer;
        }
        """,
        new[] { name, type, Convert.ToBase64String(bytes) });

    private void Complain(bool isMeant, string text)
    {
        if (isMeant)
        {
            lock (_complaints)
            {
                _complaints.Add(text);
            }
        }
    }
}
