using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CrossStitch.Web.Tests;

/// <summary>The endpoints in an application of somebody else's, below a prefix.</summary>
public sealed class MountedTests
{
    [Fact]
    public async Task Below_a_prefix_everything_is_there_and_the_page_is_a_folder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddCrossStitchFaces();
        await using var app = builder.Build();
        var faces = app.MapGroup("/faces");
        faces.MapCrossStitchFaces();
        faces.MapCrossStitchPage();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var answer = await client.PostAsync("/faces/v1/analyze", TestServer.Picture(ServerFixture.Faces), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, (await TestServer.Json(answer)).GetProperty("faces").GetArrayLength());
        Assert.Contains("/faces/v1/analyze", await client.GetStringAsync("/faces/v1/openapi.json", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True((await client.GetAsync("/faces/health/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        var page = await client.GetAsync("/faces", TestContext.Current.CancellationToken);
        Assert.Equal("/faces/", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.True(page.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Without_its_services_the_application_says_what_to_call()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddCrossStitchFaces", Assert.Throws<InvalidOperationException>(() => app.MapCrossStitchFaces()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(FacesOptions.MostBytes))]
    [InlineData(nameof(FacesOptions.MostPixels))]
    [InlineData(nameof(FacesOptions.Workers))]
    [InlineData(nameof(FacesOptions.Waiting))]
    [InlineData(nameof(FacesOptions.MostPhotos))]
    public async Task A_limit_that_is_none_is_refused_by_name(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddCrossStitchFaces(options => typeof(FacesOptions).GetProperty(name)!.SetValue(options, 0));
        await using var app = builder.Build();
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => app.MapCrossStitchFaces()).Message, StringComparison.Ordinal);
    }
}
