using System.Text.Json.Serialization;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Faces that the program draws itself.</summary>
/// <param name="TrainingFaces">How many to learn from.</param>
/// <param name="TestFaces">How many to be measured on.</param>
/// <param name="Seed">Which faces.</param>
public sealed record DrawnData(int TrainingFaces = 2000, int TestFaces = 1000, long Seed = 1) : DataRecipe
{
    /// <summary>The most faces of one set, training and test faces together: their crops fill about a gigabyte.</summary>
    public const int MostFaces = 300_000;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string ShortName => "drawn";

    internal override DataRecipe Portable() => this;

    internal override void Validate()
    {
        Require(TrainingFaces >= 0 && TestFaces >= 0, "trainingFaces", $"{TrainingFaces} training and {TestFaces} test faces cannot be drawn; both must be at least 0.");
        Require((long)TrainingFaces + TestFaces > 0, "trainingFaces", "There are no faces to draw: ask for at least one.");
        Require((long)TrainingFaces + TestFaces <= MostFaces, "trainingFaces", $"{(long)TrainingFaces + TestFaces} faces are more than can be drawn for one run; the most is {MostFaces}.");

        static void Require(bool holds, string setting, string message)
        {
            if (!holds)
            {
                throw new CrossStitchException(message) { Setting = $"data.{setting}" };
            }
        }
    }
}
