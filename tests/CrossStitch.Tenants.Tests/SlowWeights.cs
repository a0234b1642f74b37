using System.Runtime.InteropServices;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Tenants.Tests;

/// <summary>An extension of training: every so many steps the parameters go halfway back to where they last did (Lookahead, Zhang et al. 2019).</summary>
/// <param name="Every">Steps between two looks.</param>
internal sealed record SlowWeights(int Every = 5) : ExtensionRecipe
{
    public override TrainingExtension Create() => new Slow(Every);

    private sealed class Slow(int every) : TrainingExtension("slow weights")
    {
        private ParameterSet? _slow;

        public override void Begin(Network network)
        {
            _slow = new ParameterSet(network.Parameters.Blocks);
            _slow.CopyFrom(network.Parameters);
        }

        public override void AfterStep(Network network, long steps)
        {
            if (steps % every != 0)
            {
                return;
            }

            for (var block = 0; block < network.Parameters.Blocks.Count; block++)
            {
                var slow = _slow!.Numbers(block);
                var fast = network.Parameters.Numbers(block);
                for (var i = 0; i < slow.Length; i++)
                {
                    slow[i] += 0.5f * (fast[i] - slow[i]);
                }

                slow.CopyTo(fast);
            }
        }

        public override void Save(BinaryWriter writer)
        {
            for (var block = 0; block < _slow!.Blocks.Count; block++)
            {
                writer.Write(MemoryMarshal.AsBytes(_slow.Numbers(block)));
            }
        }

        public override void Load(BinaryReader reader)
        {
            for (var block = 0; block < _slow!.Blocks.Count; block++)
            {
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_slow.Numbers(block)));
            }
        }
    }
}
