using System.Net.Sockets;
using CrossStitch.Cli.Serving;
using CrossStitch.Web.Runs;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests;

/// <summary>The server as a command: where it listens, who may ask, what it shows, how it ends.</summary>
public sealed class ServeTests(CommandLineFixture fixture) : IClassFixture<CommandLineFixture>
{
    [Fact]
    public async Task It_says_where_it_is_answers_and_ends_when_it_is_stopped()
    {
        var (code, errors) = await Serve(["--urls", "http://127.0.0.1:0"], async (client, address) =>
        {
            Assert.DoesNotContain("#token", address, StringComparison.Ordinal);
            Assert.Contains("<html", await client.GetStringAsync(address), StringComparison.OrdinalIgnoreCase);
            Assert.Contains("\"finder\"", await client.GetStringAsync($"{address}/v1/model"), StringComparison.Ordinal);
        });
        Assert.Equal((0, ""), (code, errors));
    }

    [Fact]
    public async Task Other_machines_need_the_token_that_is_printed() =>
        await Serve(["--urls", "http://0.0.0.0:0"], async (client, address) =>
        {
            var (place, token) = (address.Split("/#token=")[0], address.Split("/#token=")[1]);
            Assert.Matches("^[0-9a-f]{32}$", token);
            Assert.Equal(401, (int)(await client.GetAsync($"{place}/v1/model")).StatusCode);
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal(200, (int)(await client.GetAsync($"{place}/v1/model")).StatusCode);
        });

    [Fact]
    public async Task It_shows_the_runs_of_a_study_and_its_report()
    {
        var study = fixture.Folder("study");
        Assert.Equal(0, CommandLineFixture.Run("compare", "--data", fixture.Archive, "--boxes", fixture.Boxes, "--networks", "single,split", "--epochs", "2", "--out", study).Code);
        var runs = new RunsFolder(study, CommandLineFixture.Catalog);
        Assert.Null(runs.Read("../study"));
        Assert.All(runs.List().Runs, run => Assert.Equal(new RunSummary(run.Id, "finished", 2, 2), run));
        var run = runs.Read(runs.List().Runs[0].Id)!;
        Assert.All(run.Curves, curve => Assert.Equal(2, curve.Values.Count));
        Assert.Contains(run.Curves, curve => curve is { Group: "losses", Name: "landmarks" } && curve.Values.All(value => value > 0));
        var alone = new RunsFolder(Path.Combine(study, runs.List().Runs[0].Id), CommandLineFixture.Catalog);
        Assert.Equal(runs.List().Runs[0].Id, Assert.Single(alone.List().Runs).Id);
        Assert.Equal(alone.List().Runs, new RunsFolder(Path.Combine(study, runs.List().Runs[0].Id) + Path.DirectorySeparatorChar, CommandLineFixture.Catalog).List().Runs);
        File.CreateSymbolicLink(Path.Combine(study, "report.html"), fixture.Archive);
        Assert.False(runs.List().Report);
        Assert.Null(runs.Report());
        await Serve(["--urls", "http://127.0.0.1:0", "--runs", study], async (client, address) =>
            Assert.Contains("\"state\":\"finished\"", await client.GetStringAsync($"{address}/v1/runs"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_goes_to_standard_error_and_holds_no_picture_and_no_name()
    {
        using var console = new StringWriter();
        var errors = Console.Error;
        try
        {
            Console.SetError(console);
            await Serve(["--urls", "http://127.0.0.1:0", "--log", "json"], async (client, address) =>
                await client.PostAsync($"{address}/v1/analyze", new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "photo", "secret.jpg" } }));
        }
        finally
        {
            Console.SetError(errors);
        }

        Assert.DoesNotContain("secret", console.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("address to listen at", "--urls", "nowhere")]
    [InlineData("https", "--urls", "https://127.0.0.1:0")]
    [InlineData("no such folder", "--runs", "missing")]
    [InlineData("missing.xstitch", "--model", "missing.xstitch")]
    [InlineData("cannot listen there", "--urls", "http://192.0.2.1:5080")]
    public void What_cannot_be_served_is_said_in_a_line(string said, params string[] options)
    {
        var outcome = CommandLineFixture.Run(["serve", .. options]);
        Assert.Equal(1, outcome.Code);
        Assert.StartsWith("error: ", outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.TrimEnd().Split('\n'));
        Assert.Contains(said, outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_said_in_a_line()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var outcome = CommandLineFixture.Run("serve", "--urls", $"http://{taken.LocalEndpoint}");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("address already in use", outcome.Errors, StringComparison.Ordinal);
        Assert.Single(outcome.Errors.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Errors)> Serve(string[] options, Func<HttpClient, string, Task> ask)
    {
        using var results = new TestConsole();
        using var progress = new TestConsole();
        progress.Profile.Width = 200;
        using var errors = new StringWriter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var command = CommandLine.RunAsync(["serve", .. options], new Terminal(results, progress), errors, CommandLineFixture.Catalog, stop.Token);
        for (var tries = 0; !progress.Output.Contains("Ctrl-C", StringComparison.Ordinal) && !command.IsCompleted; tries++)
        {
            Assert.True(tries < 1000, "It did not start.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        using var client = new HttpClient();
        await ask(client, progress.Output.Split('\n')[0]["Open ".Length..].Trim());
        client.Dispose();
        await stop.CancelAsync();
        Assert.Empty(results.Output);
        return (await command, errors.ToString());
    }
}
