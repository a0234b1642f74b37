// Faces found by another network than ours, and read by ours: dotnet run photo.jpg blazeface.onnx
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using OwnFinder;

// Measured on training pictures by benchmarks' 'finders': BlazeFace's boxes end at the brows and are a sixth smaller.
using var finder = new BlazeFaceFinder(args[1], new BoxFit(Scale: 1.19f, Right: -0.014f, Down: -0.109f), BlazeFaceFinder.GoodSide);
using var reader = new FaceReader(finder, FaceReader.Default.Model, secondLook: FaceReader.Default.SecondLook);
foreach (var face in reader.Read(Photo.Load(args[0]).Pixels))
{
    Console.WriteLine(FormattableString.Invariant($"a face of {face.Box.Side:0} pixels at {face.Box.CenterX:0}, {face.Box.CenterY:0} ({face.Score:P0}): {face.Pose?.Value}"));
}
