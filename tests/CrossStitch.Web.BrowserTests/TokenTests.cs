namespace CrossStitch.Web.BrowserTests;

public sealed class TokenTests(Browser browser)
{
    private const string Token = "a-token";

    [Fact]
    public async Task The_printed_address_lets_in_and_does_not_keep_the_token_in_sight()
    {
        await using var served = await Served.Start(faces => faces.Token = Token);
        await using var shown = await Shown.Open(browser, $"{served.Url}#token={Token}");
        await shown.See("#about", "CrossStitch");
        Assert.Equal(served.Url, shown.Page.Url);
        await shown.Choose("smile.jpeg", "image/jpeg", Sample.Read("smile"));
        await shown.SeeFaces(1);
        Assert.Empty(shown.Complaints);
    }

    [Fact]
    public async Task Without_the_token_the_page_asks_for_it_until_it_is_right()
    {
        await using var served = await Served.Start(faces => faces.Token = Token);
        await using var shown = await Shown.Open(browser, served.Url);
        await shown.See("#token-form", "This server asks for its token");
        await shown.Page.FillAsync("#token", "another");
        await shown.Page.Keyboard.PressAsync("Enter");
        await shown.Page.Locator("#token-form").WaitForAsync();
        await shown.Page.FillAsync("#token", Token);
        await shown.Page.Keyboard.PressAsync("Enter");
        await shown.See("#about", "CrossStitch");
        Assert.False(await shown.Page.Locator("#token-form").IsVisibleAsync());
    }
}
