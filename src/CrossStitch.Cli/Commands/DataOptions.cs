using System.CommandLine;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Cli.Commands;

/// <summary>The options that say where faces come from.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "The MTFL archive, as downloaded (.zip) or unpacked (a folder). Without it, the program draws its own faces.",
        HelpName = "path",
    };

    private readonly Option<string?> _boxes = new("--boxes")
    {
        Description = "Detected face boxes, a CSV file: image,x1,y1,x2,y2,score. Faces without one get a box derived from their landmarks.",
        HelpName = "file",
    };

    private readonly Option<bool> _skipInvalid = new("--skip-invalid")
    {
        Description = "Leave faces with an error out and report them, instead of stopping at the first.",
    };

    private readonly Option<int> _faces = new("--faces")
    {
        Description = "How many faces to draw to train on, where the program draws its own; half as many are drawn to test on.",
        DefaultValueFactory = _ => new DrawnData().TrainingFaces,
        HelpName = "n",
    };

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_boxes);
        command.Add(_skipInvalid);
        command.Add(_faces);
    }

    public DataRecipe Read(ParseResult arguments)
    {
        var (data, boxes, faces) = (arguments.GetValue(_data), arguments.GetValue(_boxes), arguments.GetValue(_faces));
        if (data is not null)
        {
            return new MtflData(Path.GetFullPath(data), boxes is null ? null : Path.GetFullPath(boxes), arguments.GetValue(_skipInvalid));
        }

        if (boxes is not null)
        {
            throw new CrossStitchException("--boxes belongs to an archive of faces: give it with --data.");
        }

        return faces >= 10 ? new DrawnData(faces, faces / 2) : throw new CrossStitchException($"--faces is {faces}; draw at least 10.");
    }
}
