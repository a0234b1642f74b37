// An endpoint that answers a photo with its faces: dotnet run
using CrossStitch.Faces;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using FacesEndpoint;

var builder = WebApplication.CreateSlimBuilder(args);

// One reader for all requests; each request takes one thread, so that many at once share the cores fairly.
builder.Services.AddSingleton(FaceReader.Default);
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = 16 << 20);
var app = builder.Build();

app.MapPost("/faces", async (HttpRequest request, FaceReader reader, CancellationToken cancellation) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, cancellation);
    body.Position = 0;
    try
    {
        // What a stranger sends is bounded before memory is taken for it.
        var photo = Photo.Load(body, new PhotoOptions { MostPixels = 24_000_000, Name = "the photo" });
        return Results.Ok(reader.Read(photo.Pixels, cancellation: cancellation).Select(FaceAnswer.Of).ToList());
    }
    catch (FaceDataException error)
    {
        return Results.Problem(error.Message, statusCode: StatusCodes.Status400BadRequest);
    }
});
app.Run();
