using CrossStitch.Cli.Errors;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;

namespace CrossStitch.Cli.Photos;

/// <summary>A folder of photos with their faces drawn on them, each called as its photo and <c>-faces.jpg</c>.</summary>
internal sealed class DrawnPictures
{
    private readonly string _folder;
    private readonly Dictionary<PhotoSource, string> _names = new(ReferenceEqualityComparer.Instance);

    /// <summary>Prepares the folder.</summary>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <param name="photos">All photos: where two would have the same name, the later one gets a number.</param>
    /// <exception cref="CrossStitchException">It cannot be written to.</exception>
    public DrawnPictures(string folder, IEnumerable<PhotoSource> photos)
    {
        OutputPlace.RequireFolder(folder);
        _folder = folder;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var photo in photos.Where(photo => photo.Problem is null))
        {
            var name = $"{photo.Stem}-faces";
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{photo.Stem}-faces-{number}";
            }

            _names[photo] = $"{name}.jpg";
        }
    }

    /// <summary>Draws a photo's faces.</summary>
    /// <param name="source">Which photo.</param>
    /// <param name="photo">Its pixels.</param>
    /// <param name="faces">Its faces.</param>
    /// <exception cref="CrossStitchException">The picture cannot be written.</exception>
    public void Draw(PhotoSource source, Photo photo, IReadOnlyList<Face> faces)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, _names[source]));
        var picture = FaceOverlay.Encode(photo, faces, OverlayFormat.Jpeg);
        AtomicFile.CreateFolder(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, file => file.Write(picture));
    }
}
