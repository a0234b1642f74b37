namespace CrossStitch.Fuzz.Targets;

/// <summary>All targets. One more is a file and a line here.</summary>
internal static class TargetCatalog
{
    /// <summary>The targets, in the order in which they run.</summary>
    public static IReadOnlyList<TargetDefinition> All { get; } =
    [
        new("model", ".xstitch files, and headers of any shape; then a batch through the network", _ => new ModelTarget()),
        new("checkpoint", "checkpoints, weights, optimiser state and sections; then training goes on", scratch => new CheckpointTarget(scratch)),
        new("crops", "files of cropped faces", scratch => new CropFileTarget(scratch)),
        new("crop-cache", "the cache of cropped faces", scratch => new CropCacheTarget(scratch)),
        new("seen-faces", "the notes of a run's training faces", scratch => new SeenFacesTarget(scratch)),
        new("annotations", "lists of annotated faces", _ => new AnnotationTarget()),
        new("archive", "zips and folders of faces, inspected and cropped", scratch => new ArchiveTarget(scratch)),
        new("boxes", "detected boxes, held against an archive", scratch => new BoxTarget(scratch)),
        new("picture", "JPEG, PNG, WebP, GIF and BMP", _ => new PictureTarget()),
        new("photo", "photos turned by EXIF, and pixels of any size and stride; faces are found, read and drawn", _ => new PhotoTarget()),
        new("tables", "scores.csv and test-examples.csv", scratch => new TableTarget(scratch)),
        new("recipe", "recipes of versions 1 and 2", scratch => new RecipeTarget(scratch)),
        new("run", "the files of a finished run", scratch => new RunTarget(scratch)),
        new("resume", "a stopped run that goes on", scratch => new ResumeTarget(scratch)),
        new("study", "a study's folder, evaluated and reported", scratch => new StudyTarget(scratch, firstVersion: false)),
        new("study-1", "the same of version 0.1.0", scratch => new StudyTarget(scratch, firstVersion: true)),
        new("claim", "claims of runs", scratch => new ClaimTarget(scratch)),
        new("terminal", "whole commands on damaged files: what a user sees", scratch => new TerminalTarget(scratch)),
        new("command-line", "command lines and lists of names", _ => new CommandLineTarget()),
    ];

    /// <summary>A target by name; the planted one, too, which is on no list.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="CrossStitchException">There is none.</exception>
    public static TargetDefinition Find(string name) => name == PlantedTarget.Name
        ? new TargetDefinition(name, "faults that are there", _ => new PlantedTarget())
        : All.FirstOrDefault(target => target.Name == name)
            ?? throw new CrossStitchException($"'{name}' is not a target; there are {string.Join(", ", All.Select(target => target.Name))}.{NearestName.Question(name, All.Select(target => target.Name))}");
}
