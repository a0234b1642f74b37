using System.Diagnostics;

namespace CrossStitch.Training;

/// <summary>What an epoch has come to so far: a section of a checkpoint that was captured between two steps, or while it was measured.</summary>
/// <param name="tasks">How many tasks the network has.</param>
internal sealed class EpochUnderWay(int tasks)
{
    /// <summary>The section's name. Checkpoints that were captured at the end of an epoch have none.</summary>
    public const string Section = "epoch under way 1";

    private readonly Stopwatch _clock = new();
    private double _secondsBefore;

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>The losses so far, each step's times its examples.</summary>
    public StepLosses Sums { get; } = new(tasks);

    /// <summary>How long the steps took, once all are taken; 0 before.</summary>
    public double TrainingSeconds { get; private set; }

    /// <summary>How long it took so far, without the time in which training was stopped.</summary>
    public double Seconds => _secondsBefore + _clock.Elapsed.TotalSeconds;

    /// <summary>Starts the clock, or lets it go on.</summary>
    public void Go() => _clock.Start();

    /// <summary>Stops the clock.</summary>
    public void Pause() => _clock.Stop();

    /// <summary>Adds a step.</summary>
    /// <param name="losses">Its losses.</param>
    /// <param name="examples">How many examples it had.</param>
    public void Add(StepLosses losses, int examples)
    {
        for (var task = 0; task < losses.Tasks.Length; task++)
        {
            Sums.Tasks[task] += losses.Tasks[task] * examples;
        }

        Sums.Penalty += losses.Penalty * examples;
        Sums.Joint += losses.Joint * examples;
        Steps++;
    }

    /// <summary>Notes that all steps are taken.</summary>
    public void EndSteps() => TrainingSeconds = TrainingSeconds > 0 ? TrainingSeconds : Seconds;

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Steps);
        writer.Write(TrainingSeconds);
        writer.Write(Seconds);
        writer.Write(Sums.Penalty);
        writer.Write(Sums.Joint);
        foreach (var sum in Sums.Tasks)
        {
            writer.Write(sum);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, all of it.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="FormatException">It holds what no training leaves.</exception>
    /// <exception cref="EndOfStreamException">It ends too soon.</exception>
    public void Load(BinaryReader reader)
    {
        double Number(string name, double least)
        {
            var number = reader.ReadDouble();
            return double.IsFinite(number) && number >= least ? number : throw new FormatException($"{name} of {number}");
        }

        Steps = reader.ReadInt32() is > 0 and var steps ? steps : throw new FormatException("an epoch under way without a step");
        TrainingSeconds = Number("seconds", 0);
        _secondsBefore = Number("seconds", 0);
        Sums.Penalty = Number("a penalty", double.MinValue);
        Sums.Joint = Number("a loss", double.MinValue);
        for (var task = 0; task < Sums.Tasks.Length; task++)
        {
            Sums.Tasks[task] = Number("a loss", double.MinValue);
        }
    }
}
