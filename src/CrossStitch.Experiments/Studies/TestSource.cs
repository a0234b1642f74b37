using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Tasks;

namespace CrossStitch.Experiments.Studies;

/// <summary>What a study's folder knows of its test examples. Their labels are only read where a run of an earlier version has no scores.</summary>
/// <param name="folder">The folder.</param>
/// <param name="recipe">What the study's runs have in common.</param>
internal sealed class TestSource(string folder, Recipe recipe)
{
    private ExampleLabels? _labels;
    private TestExamples? _examples;

    public Domain Domain { get; } = recipe.Data.Domain();

    public IReadOnlyList<LearningTask> Tasks { get; } = recipe.Data.Tasks();

    /// <summary>Names and groups.</summary>
    /// <exception cref="CrossStitchException">Nothing of them is there.</exception>
    public TestExamples Examples => _examples ??= Path.Combine(folder, TestExamples.FileName) is var path && File.Exists(path) ? TestExamples.Load(path, Tasks) : Labels.Examples;

    /// <summary>Labels.</summary>
    /// <exception cref="CrossStitchException">The test examples are not there.</exception>
    public ExampleLabels Labels => _labels ??= Domain.OpenTest(folder) is { } test
        ? ExampleLabels.Of(test, Tasks, recipe.Backbone ?? recipe.Data.Backbone())
        : throw new CrossStitchException($"{folder}: the test {Domain.Example}s of this study are missing; go on with the command that began it, which writes them again.");
}
