using CrossStitch.Experiments.Data;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Made;

/// <summary>Examples of <see cref="MadeData"/>; those to be measured on have numbers of their own.</summary>
public sealed class MadeDataset(int training, int test) : Dataset
{
    private const int FirstTest = 10_000;

    public override ILabelledData Training { get; } = new MadeExamples(0, training);

    public override ILabelledData? Test { get; } = test == 0 ? null : new MadeExamples(FirstTest, test);

    public override string Fingerprint => $"{training}-{test}";

    /// <summary>Opens what <see cref="SaveTest"/> wrote.</summary>
    public static ILabelledData OpenTest(string path) => new MadeExamples(FirstTest, int.Parse(File.ReadAllText(path), System.Globalization.CultureInfo.InvariantCulture));

    public override void SaveTest(string folder) => File.WriteAllText(Path.Combine(folder, MadeDomain.TestFile), $"{test}");

    public override void SaveTraining(string folder) => File.WriteAllText(Path.Combine(folder, MadeDomain.SeenFile), $"{training}");
}
