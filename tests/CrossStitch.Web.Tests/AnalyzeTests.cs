using System.Net;
using System.Text;
using System.Text.Json;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using SkiaSharp;

namespace CrossStitch.Web.Tests;

/// <summary>What comes back for photos, and for what is none.</summary>
public sealed class AnalyzeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task A_photo_is_answered_with_what_the_library_reads()
    {
        var photo = Photo.Load(ServerFixture.Faces);
        var expected = FaceReader.Default.Read(photo.Pixels);
        Assert.NotEmpty(expected);
        var answer = await TestServer.Json(await _server.Analyze(TestServer.Picture(ServerFixture.Faces)));
        Assert.Equal((photo.Width, photo.Height), (answer.GetProperty("width").GetInt32(), answer.GetProperty("height").GetInt32()));
        var faces = answer.GetProperty("faces").EnumerateArray().ToList();
        Assert.Equal(expected.Count, faces.Count);
        foreach (var (face, json) in expected.Zip(faces))
        {
            Assert.Equal(face.Box.Left, json.GetProperty("box").GetProperty("left").GetSingle());
            Assert.Equal(face.Score, json.GetProperty("score").GetSingle());
            Assert.Equal([face.Landmarks.Nose.X, face.Landmarks.Nose.Y], json.GetProperty("landmarks").GetProperty("nose").EnumerateArray().Select(number => number.GetSingle()));
            Assert.Equal(face.Smile!.Value, json.GetProperty("smile").GetProperty("value").GetBoolean());
            Assert.Equal(face.Pose!.Probability, json.GetProperty("pose").GetProperty("probability").GetSingle());
            Assert.Equal(1, json.GetProperty("gender").GetProperty("probabilities").EnumerateObject().Sum(value => value.Value.GetSingle()), 1e-4);
        }

        var timings = answer.GetProperty("timings");
        Assert.True(timings.GetProperty("total").GetDouble() >= timings.GetProperty("decode").GetDouble());
        Assert.Matches("^[0-9a-f]{12}$", answer.GetProperty("model").GetProperty("reader").GetString());
    }

    [Fact]
    public async Task A_form_gives_the_same_as_a_bare_body()
    {
        var bare = await TestServer.Json(await _server.Analyze(TestServer.Picture(ServerFixture.Faces, "application/octet-stream")));
        using var form = TestServer.Form(("party.png", ServerFixture.Faces));
        form.Add(new StringContent("a field that nobody reads"), "note");
        var formed = await TestServer.Json(await _server.Analyze(form));
        Assert.Equal(bare.GetProperty("faces").GetRawText(), formed.GetProperty("faces").GetRawText());
    }

    [Fact]
    public async Task A_photo_without_faces_has_none() =>
        Assert.Empty((await TestServer.Json(await _server.Analyze(TestServer.Picture(Blank(200, 100))))).GetProperty("faces").EnumerateArray());

    [Fact]
    public async Task A_batch_is_a_line_a_photo_in_order_and_one_bad_photo_stops_no_other()
    {
        using var form = TestServer.Form(("one.png", ServerFixture.Faces), ("two.png", "no picture"u8.ToArray()), ("three.png", Blank(64, 64)));
        using var response = await _server.Client.PostAsync("/v1/analyze/batch", form, TestContext.Current.CancellationToken);
        Assert.Equal("application/jsonl", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([0, 1, 2], lines.Select(line => line.GetProperty("index").GetInt32()));
        Assert.Equal(["one.png", "two.png", "three.png"], lines.Select(line => line.GetProperty("photo").GetString()));
        Assert.NotEqual(0, lines[0].GetProperty("result").GetProperty("faces").GetArrayLength());
        Assert.Equal("not-an-image", lines[1].GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal(64, lines[2].GetProperty("result").GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task A_batch_says_where_it_ends_early()
    {
        await using var server = await TestServer.Start(faces => faces.MostPhotos = 2);
        using var form = TestServer.Form(("1", Blank(64, 64)), ("2", Blank(64, 64)), ("3", Blank(64, 64)));
        using var response = await server.Client.PostAsync("/v1/analyze/batch", form, TestContext.Current.CancellationToken);
        var last = JsonDocument.Parse((await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n')[2]).RootElement;
        Assert.Equal("bad-form", last.GetProperty("problem").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("", "image/jpeg", 400, "no-photo")]
    [InlineData("this is no picture", "image/jpeg", 422, "not-an-image")]
    [InlineData("{}", "application/json", 415, "unsupported-type")]
    [InlineData("x", "multipart/form-data", 400, "bad-form")]
    [InlineData("x", "multipart/form-data; boundary=y", 400, "bad-form")]
    [InlineData("--y\r\n\r\nno head\r\n--y--\r\n", "multipart/form-data; boundary=y", 400, "no-photo")]
    [InlineData("--y\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\ncut short", "multipart/form-data; boundary=y", 400, "bad-form")]
    public async Task What_is_no_photo_is_refused_with_a_reason(string body, string type, int status, string code)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await TestServer.Problem(await _server.Analyze(content), status, code);
    }

    [Fact]
    public async Task A_cut_photo_is_no_image() =>
        await TestServer.Problem(await _server.Analyze(TestServer.Picture(ServerFixture.Faces[..(ServerFixture.Faces.Length / 2)])), 422, "not-an-image");

    [Fact]
    public async Task Pixels_are_counted_before_they_are_decoded()
    {
        await using var server = await TestServer.Start(faces => faces.MostPixels = 10_000);
        Assert.True((await server.Analyze(TestServer.Picture(Blank(100, 100)))).IsSuccessStatusCode);
        await TestServer.Problem(await server.Analyze(TestServer.Picture(Blank(101, 100))), 413, "too-many-pixels");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Bytes_are_counted_while_they_arrive(bool isForm, bool isLengthKnown)
    {
        await using var server = await TestServer.Start(faces => faces.MostBytes = 200_000);
        var file = new byte[900_000];
        using HttpContent content = isForm ? TestServer.Form(("large.png", file)) : TestServer.Picture(file);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/analyze") { Content = content };
        request.Headers.TransferEncodingChunked = isLengthKnown ? null : true;
        await TestServer.Problem(await server.Client.SendAsync(request, TestContext.Current.CancellationToken), 413, "too-large");
    }

    [Fact]
    public async Task The_largest_photo_that_is_allowed_is_taken()
    {
        await using var server = await TestServer.Start(faces => faces.MostBytes = ServerFixture.Faces.Length);
        Assert.True((await server.Analyze(TestServer.Picture(ServerFixture.Faces))).IsSuccessStatusCode);
        Assert.True((await server.Analyze(TestServer.Form(("x", ServerFixture.Faces)))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Elsewhere_there_is_nothing()
    {
        await TestServer.Problem(await _server.Client.GetAsync("/etc/passwd", TestContext.Current.CancellationToken), 404, "not-found");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _server.Client.GetAsync("/v1/analyze", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static byte[] Blank(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.CornflowerBlue);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }
}
