using System.Globalization;
using System.Text;
using CrossStitch.Benchmarks.Machines;
using CrossStitch.Benchmarks.Reports;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Benchmarks.Varying;

/// <summary>
/// What varying the faces takes of a training step: a table in Markdown. It uses the cores that the process may use; for
/// one core start it so (on Linux: taskset -c 0).
/// </summary>
internal static class VaryingCommand
{
    /// <summary>Crops of more faces than a core's own cache holds.</summary>
    private const int Faces = 2560;

    private const int Steps = 100;
    private const int Rounds = 3;

    private static readonly string[] Networks = ["single", "cross-stitch"];

    private static readonly (string Name, CropAugmentation Augmentation)[] Variations =
    [
        ("as usual", new()),
        ("with blur, noise and a block", new(Blur: 0.2, Noise: 5, Occlusion: 0.5)),
    ];

    /// <summary>Runs it.</summary>
    public static int Run()
    {
        var machine = Machine.This();
        var faces = DrawnFaces.Generate(Faces, seed: 1, CropSettings.Default);
        var rows = (from network in Networks
                    from variation in Variations
                    select (Network: network, Variation: variation.Name, Work: new VaryingWork(network, machine.Cores, faces, variation.Augmentation))).ToList();
        try
        {
            // In rounds, so that what disturbs the machine for a while disturbs all rows.
            for (var round = 0; round < Rounds; round++)
            {
                rows.ForEach(row => row.Work.Measure(Steps));
            }

            var table = new TextTable(2, "network", "faces", "varying, µs a face", "step, µs a face", "share");
            rows.ForEach(row => table.Add(row.Network, row.Variation, Number(row.Work.Filling * 1e6), Number(row.Work.Step * 1e6), $"{Number(100 * row.Work.Share)} %"));
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores used, batches of {VaryingWork.BatchSize}, the fastest tenth of {Rounds * Steps} steps each.\n\n");
            table.AppendTo(text);
            Console.Write(text);
        }
        finally
        {
            rows.ForEach(row => row.Work.Dispose());
        }

        return 0;
    }

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
