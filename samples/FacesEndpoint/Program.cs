// An application of your own with the faces of photos below /faces: dotnet run
using CrossStitch.Web;

var builder = WebApplication.CreateSlimBuilder(args);

// What a stranger sends is bounded before memory is taken for it; these are the two limits that most set themselves.
builder.Services.AddCrossStitchFaces(faces =>
{
    faces.MostBytes = 16 << 20;
    faces.MostPixels = 24_000_000;
});

var app = builder.Build();
app.MapGet("/", () => "An application of yours. Its faces: POST /faces/v1/analyze; the page: /faces/");

// The API, and the page for people. What MapCrossStitchFaces returns takes rules of yours, such as .RequireAuthorization().
var faces = app.MapGroup("/faces");
faces.MapCrossStitchFaces();
faces.MapCrossStitchPage();
app.Run();
