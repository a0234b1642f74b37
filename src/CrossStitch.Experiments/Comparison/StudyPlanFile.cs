using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Comparison;

/// <summary>The plan of a study, or of a comparison (which asks no questions), as its folder keeps it.</summary>
/// <param name="Runs">The runs; their recipes lie in their folders.</param>
/// <param name="Questions">The questions.</param>
/// <param name="Recipe">What all runs of the main comparison have in common; null in a file of an earlier version.</param>
internal sealed record StudyPlanFile(IReadOnlyList<StudyPlanFile.Run> Runs, IReadOnlyList<StudyQuestion> Questions, Recipe? Recipe = null)
{
    /// <summary>A run.</summary>
    /// <param name="Variant">What the seeds are averaged over.</param>
    /// <param name="Seed">Its seed.</param>
    /// <param name="Folder">Its folder in the study's.</param>
    internal sealed record Run(string Variant, long Seed, string Folder)
    {
        /// <summary>The entry of a planned run.</summary>
        public static Run Of(PlannedRun run) => new(run.Variant, run.Recipe.Seed, run.FolderName);
    }
}
