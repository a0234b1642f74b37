using CrossStitch.Engines;
using CrossStitch.Parameters;
using CrossStitch.Training;

namespace CrossStitch.Tests;

/// <summary>Holds an engine's gradients of the joint loss against central differences.</summary>
internal static class FiniteDifferences
{
    private const float Step = 2e-3f;

    /// <summary>Checks every block that is learned: all numbers of small ones, every seventh of large ones. The others have no gradient.</summary>
    public static void Check(NetworkEngine engine, Batch batch)
    {
        var parameters = engine.Network.Parameters;
        TestNetworks.Learn(engine, batch);
        var gradients = new ParameterSet(parameters.Blocks);
        gradients.CopyFrom(engine.Gradients);
        var (seen, differences, all) = (0, 0.0, 0.0);
        Assert.All(parameters.Blocks.Where(block => !block.Role.IsLearned), block => Assert.All(gradients[block.Name].ToArray(), slope => Assert.Equal(0, slope)));
        foreach (var block in parameters.Blocks.Where(block => block.Role.IsLearned))
        {
            foreach (var i in Enumerable.Range(0, block.Count).Where(i => block.Count < 40 || i % 7 == 0))
            {
                var slope = Slope(block.Name, i);
                var error = Math.Abs(slope - gradients[block.Name][i]);
                differences += error * error;
                all += slope * slope;
                seen++;

                // Where a step crosses a kink of a ReLU or a maximum, the difference quotient is another one.
                Assert.True(error < 0.05 * (1 + Math.Abs(slope)), $"{block.Name}[{i}]: {gradients[block.Name][i]} instead of {slope}");
            }
        }

        Assert.True(seen > 50);
        Assert.InRange(Math.Sqrt(differences / all), 0, 5e-3);

        double Slope(string block, int i)
        {
            var before = parameters[block][i];
            var (high, low) = (before + Step, before - Step);
            var slope = (At(block, i, high) - At(block, i, low)) / ((double)high - low);
            parameters[block][i] = before;
            return slope;
        }

        double At(string block, int i, float value)
        {
            parameters[block][i] = value;
            return TestNetworks.Learn(engine, batch).Joint;
        }
    }
}
