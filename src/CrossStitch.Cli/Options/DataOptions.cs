using System.CommandLine;
using CrossStitch.Faces.Training.Data;

namespace CrossStitch.Cli.Options;

/// <summary>The options that say where faces come from.</summary>
/// <param name="facesDescription">What <c>--faces</c> does here.</param>
/// <param name="dataDescription">What <c>--data</c> does here.</param>
internal sealed class DataOptions(
    string facesDescription = "How many faces to draw to train on, where the program draws its own; half as many are drawn to test on.",
    string dataDescription = "The MTFL archive, as downloaded (.zip) or unpacked (a folder). Without it, the program draws its own faces.")
{
    private const int FewestFaces = 10;

    private readonly Option<int> _faces = NumberOption.Whole("--faces", "n", facesDescription, new DrawnData().TrainingFaces, FewestFaces, DrawnData.MostFaces * 2 / 3);

    private readonly Option<bool> _skipInvalid = new("--skip-invalid")
    {
        Description = "Leave faces with an error out and report them, instead of stopping at the first.",
    };

    /// <summary>Where an archive is.</summary>
    public Option<string?> Data { get; } = PathOption.Create(
        "--data", "path", dataDescription);

    /// <summary>Where its boxes are.</summary>
    public Option<string?> Boxes { get; } = PathOption.Create(
        "--boxes",
        "file",
        $"Face boxes: a detector's, a CSV file (image,x1,y1,x2,y2,score); {MtflData.FoundBoxes}: the finder in the program finds them; {MtflData.LandmarkBoxes}: derived from the true landmarks, "
        + $"which flatters a test, as are those of faces that are not found. [default: {MtflData.FoundBoxes}; with a recipe or a run, what that says]");

    /// <summary>How many faces to draw.</summary>
    public Option<int> Faces => _faces;

    public void AddTo(Command command)
    {
        command.Add(Data);
        command.Add(Boxes);
        command.Add(_skipInvalid);
        command.Add(_faces);
    }

    /// <summary>Whether any of them was given.</summary>
    public bool AnyGiven(ParseResult arguments) => new Option[] { Data, Boxes, _skipInvalid, _faces }.Any(arguments.Gives);

    /// <summary>Where faces come from: what was given, on top of a recipe's.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="known">The recipe's; null if there is none.</param>
    /// <exception cref="CrossStitchException">A file is not there, or options contradict each other.</exception>
    public FacesRecipe Read(ParseResult arguments, FacesRecipe? known = null)
    {
        var (data, boxes) = (Existing(arguments, Data), GivenBoxes(arguments));
        var skip = arguments.GetValue(_skipInvalid);
        if (data is not null && arguments.Gives(_faces))
        {
            throw new CrossStitchException("--faces does not go with --data: it says how many faces to draw, and an archive has its own.");
        }

        var archive = arguments.Gives(_faces) ? null : known as MtflData;
        if (data is not null || archive is not null)
        {
            return Seen(new MtflData(data ?? archive!.Archive, boxes is null ? (archive is null ? MtflData.FoundBoxes : archive.Boxes) : boxes == MtflData.LandmarkBoxes ? null : boxes, skip || archive is { SkipInvalid: true }));
        }

        if (boxes is not null || skip)
        {
            throw new CrossStitchException($"{(boxes is null ? "--skip-invalid" : "--boxes")} belongs to an archive of faces: give it with --data.");
        }

        return arguments.Gives(_faces) || known is null ? Seen(new DrawnData(arguments.GetValue(_faces), arguments.GetValue(_faces) / 2)) : known;

        FacesRecipe Seen(FacesRecipe faces) => known is null ? faces : faces.SeenAs(known);
    }

    /// <summary>A file is named by its whole path, so one that is called <c>find</c> is not taken for the word.</summary>
    private string? GivenBoxes(ParseResult arguments) =>
        arguments.GetValue(Boxes) is MtflData.FoundBoxes or MtflData.LandmarkBoxes ? arguments.GetValue(Boxes) : Existing(arguments, Boxes);

    private static string? Existing(ParseResult arguments, Option<string?> option)
    {
        if (arguments.GetValue(option) is not { } path)
        {
            return null;
        }

        var full = Path.GetFullPath(path);
        return File.Exists(full) || Directory.Exists(full)
            ? full
            : throw new CrossStitchException($"{option.Name}: there is no {path}.{NearestFile(full)}");
    }

    private static string NearestFile(string path)
    {
        var folder = Path.GetDirectoryName(path);
        try
        {
            return Directory.Exists(folder)
                ? NearestName.Question(Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)))
                : $" Its folder, {folder}, is not there either.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
