// The faces of a photo: dotnet run photo.jpg [drawn.png]
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;

var photo = Photo.Load(args[0]);
var faces = FaceReader.Default.Read(photo.Pixels);
foreach (var face in faces)
{
    Console.WriteLine(FormattableString.Invariant($"a face of {face.Box.Side:0} pixels at {face.Box.CenterX:0}, {face.Box.CenterY:0} ({face.Score:P0}): {face.Pose?.Value}, {face.Gender?.Value}, glasses: {face.Glasses?.Value} ({face.Glasses?.Probability:P0}), smiles: {face.Smile?.Value} ({face.Smile?.Probability:P0})"));
}

if (args.Length > 1)
{
    FaceOverlay.Save(photo, faces, args[1]);
}
