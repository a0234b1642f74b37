// The faces of all photos of a folder, as CSV: dotnet run folder
using System.Collections.Concurrent;
using CrossStitch.Faces;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;

string[] extensions = [".jpg", ".jpeg", ".png", ".webp"];
var files = Directory.EnumerateFiles(args[0], "*", SearchOption.AllDirectories)
    .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
    .Order(StringComparer.Ordinal)
    .ToList();

// One reader for all threads: each of them has a photo of its own.
var reader = FaceReader.Default;
var broken = new ConcurrentQueue<string>();
var lines = new string[files.Count];
Parallel.For(0, files.Count, number =>
{
    try
    {
        var photo = Photo.Load(files[number]);
        lines[number] = string.Concat(reader.Read(photo.Pixels).Select(face => FormattableString.Invariant(
            $"\"{files[number].Replace("\"", "\"\"", StringComparison.Ordinal)}\",{face.Box.Left:0.0},{face.Box.Top:0.0},{face.Box.Side:0.0},{face.Score:0.000},{face.Smile?.Value}\n")));
    }
    catch (FaceDataException error)
    {
        // A file that is no photo is told, and the others go on.
        broken.Enqueue(error.Message);
    }
});
Console.WriteLine("photo,left,top,side,score,smile");
Console.Write(string.Concat(lines));
foreach (var message in broken)
{
    Console.Error.WriteLine($"error: {message}");
}

return broken.IsEmpty ? 0 : 1;
