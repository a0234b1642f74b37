using System.Text.Json.Serialization;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Faces of an archive in the layout of MTFL.</summary>
/// <param name="Archive">Path of the zip file or folder.</param>
/// <param name="Boxes">Path of the file with detected boxes; null to derive every box from the landmarks.</param>
/// <param name="SkipInvalid">Whether faces with an error are left out rather than refused.</param>
public sealed record MtflData(string Archive, string? Boxes = null, bool SkipInvalid = false) : DataRecipe
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string ShortName => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Archive));

    internal override DataRecipe Portable() => this with { Archive = FileName(Archive), Boxes = Boxes is null ? null : FileName(Boxes) };

    internal override void Validate()
    {
        if (string.IsNullOrWhiteSpace(Archive))
        {
            throw new CrossStitchException("The archive of faces has no name.") { Setting = "data.archive" };
        }

        if (Boxes is not null && string.IsNullOrWhiteSpace(Boxes))
        {
            throw new CrossStitchException("The file of boxes has no name; leave it out (null) to derive boxes from the landmarks.") { Setting = "data.boxes" };
        }
    }

    private static string FileName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
