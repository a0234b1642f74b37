using System.Diagnostics.Metrics;
using System.Text.Json;
using CrossStitch.Web.Analysis;
using CrossStitch.Web.Hosting;
using CrossStitch.Web.Runs;
using Microsoft.OpenApi;

namespace CrossStitch.Web.Tests;

/// <summary>What the server tells of itself: its description, its health, its numbers, its runs.</summary>
public sealed class DescriptionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task The_OpenAPI_document_is_valid_and_names_every_endpoint()
    {
        var text = await _server.Client.GetStringAsync("/v1/openapi.json", TestContext.Current.CancellationToken);
        Assert.StartsWith("3.1", JsonDocument.Parse(text).RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var (document, diagnostic) = OpenApiDocument.Parse(text, OpenApiConstants.Json);
        Assert.Empty(diagnostic!.Errors.Select(error => error.Message));
        Assert.Empty(diagnostic.Warnings.Select(warning => warning.Message));
        Assert.Equal(["/v1/analyze", "/v1/analyze/batch", "/v1/model", "/v1/report", "/v1/runs", "/v1/runs/{id}"], document!.Paths.Keys.Order());
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            Assert.NotEmpty(operation.Summary!);
            Assert.Contains("401", operation.Responses!.Keys);
        }
    }

    [Fact]
    public async Task The_example_has_the_members_of_a_real_answer()
    {
        var document = JsonDocument.Parse(await _server.Client.GetStringAsync("/v1/openapi.json", TestContext.Current.CancellationToken)).RootElement;
        var example = document.GetProperty("paths").GetProperty("/v1/analyze").GetProperty("post").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example");
        var answer = await TestServer.Json(await _server.Analyze(TestServer.Picture(ServerFixture.Faces)));
        Assert.Equal(Members(answer), Members(example));

        static IEnumerable<string> Members(JsonElement json) => json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Members(member.Value).Select(name => $"{member.Name}.{name}").DefaultIfEmpty(member.Name)),
            JsonValueKind.Array when json.GetArrayLength() > 0 => Members(json[0]),
            _ => [],
        };
    }

    [Fact]
    public async Task Health_says_alive_and_ready()
    {
        Assert.Equal("Healthy", await _server.Client.GetStringAsync("/health/live", TestContext.Current.CancellationToken));
        Assert.Equal("Healthy", await _server.Client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_model_says_what_it_is_and_what_is_allowed()
    {
        var model = await TestServer.Json(await _server.Client.GetAsync("/v1/model", TestContext.Current.CancellationToken));
        Assert.Equal(["landmarks", "pose", "gender", "glasses", "smile"], model.GetProperty("reader").GetProperty("tasks").EnumerateArray().Select(task => task.GetString()).Order(Comparer<string?>.Create((a, b) => Index(a) - Index(b))));
        Assert.Equal(new FacesOptions().MostBytes, model.GetProperty("limits").GetProperty("bytes").GetInt32());
        Assert.False(model.GetProperty("runs").GetBoolean());

        static int Index(string? task) => Array.IndexOf(["landmarks", "pose", "gender", "glasses", "smile"], task);
    }

    [Fact]
    public async Task Photos_faces_and_stages_are_measured()
    {
        await using var server = await TestServer.Start();
        var measured = new List<(string Name, double Value, string? Tag)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == FacesMetrics.MeterName && instrument.Meter.Scope is not null)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        var answer = await TestServer.Json(await server.Analyze(TestServer.Picture(ServerFixture.Faces)));
        await server.Analyze(TestServer.Picture("none"u8.ToArray()));
        lock (measured)
        {
            Assert.Contains(("crossstitch.photos", 1, "ok"), measured);
            Assert.Contains(("crossstitch.photos", 1, "not-an-image"), measured);
            Assert.Contains(("crossstitch.faces", answer.GetProperty("faces").GetArrayLength(), null), measured);
            Assert.Contains(measured, each => each is { Name: "crossstitch.stage.duration", Tag: "find", Value: > 0 and < 10 });
        }

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var tag = tags.Length > 0 ? (string?)tags[0].Value : null;
            lock (measured)
            {
                measured.Add((instrument.Name, value, tag));
            }
        }
    }

    [Fact]
    public async Task Without_runs_there_are_none() =>
        await TestServer.Problem(await _server.Client.GetAsync("/v1/runs", TestContext.Current.CancellationToken), 404, "not-found");

    [Fact]
    public async Task Runs_are_listed_and_read_by_what_the_list_calls_them_and_nothing_else()
    {
        await using var server = await TestServer.Start(options: new FacesServerOptions { Runs = new OneRun() });
        var list = await TestServer.Json(await server.Client.GetAsync("/v1/runs", TestContext.Current.CancellationToken));
        Assert.Equal("split seed 1", list.GetProperty("runs")[0].GetProperty("id").GetString());
        var run = await TestServer.Json(await server.Client.GetAsync("/v1/runs/split%20seed%201", TestContext.Current.CancellationToken));
        Assert.Equal("[0.5,null,0.25]", run.GetProperty("curves")[0].GetProperty("values").GetRawText());
        foreach (var id in new[] { "..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "x", "..", "%00" })
        {
            using var response = await server.Client.GetAsync($"/v1/runs/{id}", TestContext.Current.CancellationToken);
            Assert.InRange((int)response.StatusCode, 400, 404);
        }
    }

    [Fact]
    public async Task A_report_runs_its_own_script_and_styles_in_a_sandbox_and_no_other()
    {
        await using var server = await TestServer.Start(options: new FacesServerOptions { Runs = new OneRun() });
        using var response = await server.Client.GetAsync("/v1/report", TestContext.Current.CancellationToken);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox allow-scripts", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);

        Assert.Contains("script-src 'sha256-" + Hash("sort()") + "'", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'unsafe-hashes' 'sha256-" + Hash("p{}") + "' 'sha256-" + Hash("--own:1px") + "'", policy, StringComparison.Ordinal);

        static string Hash(string text) => Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_policy_takes_time_as_the_page_grows_whatever_is_in_it()
    {
        var pages = new[] { "<script>", "<style></style>", "<s", " style=\"", "<script ", "<style>x</style><script>" };
        foreach (var page in pages)
        {
            Assert.Contains("script-src", Page.ContentPolicy.Of(string.Concat(Enumerable.Repeat(page, 300_000))), StringComparison.Ordinal);
        }
    }

    private sealed class OneRun : ITrainingRuns
    {
        public RunsAnswer List() => new("study", true, [new RunSummary("split seed 1", "running", 3, 30)]);

        public RunAnswer? Read(string id) => id == "split seed 1" ? new RunAnswer(id, "running", 3, 30, [new CurveAnswer("losses", "landmarks", [0.5, null, 0.25])]) : null;

        public string? Report() => "<!doctype html><style>p{}</style><script>sort()</script><p style=\"--own:1px\">";
    }
}
