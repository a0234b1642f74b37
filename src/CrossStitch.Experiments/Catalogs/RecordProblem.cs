using System.Text.Json;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>What is wrong with a member of a record that has just been read.</summary>
/// <param name="member">The member, as JSON has it.</param>
/// <param name="problem">A phrase without a full stop.</param>
internal sealed class RecordProblem(string member, string problem) : JsonException(problem)
{
    /// <summary>The member.</summary>
    public string Member { get; } = member;
}
