using System.Runtime.InteropServices;
using CrossStitch.Parameters;
using CrossStitch.Sharing;

namespace CrossStitch.Training;

/// <summary>
/// An exponential moving average of the parameters, <c>m ← d m + (1 − d) θ</c>: what is measured, and what the network ends
/// with. In its first steps the average is over fewer of them, <c>d = min(d, step / (step + 9))</c>, so that it does not
/// remember where training began.
/// </summary>
public sealed class WeightAverage : TrainingExtension
{
    private const double FewSteps = 9;

    private readonly double _decay;
    private ParameterSet? _average;
    private ParameterSet? _own;

    /// <summary>Makes an average.</summary>
    /// <param name="decay">d: how much of the average stays at each step; 0.999 averages over about a thousand.</param>
    /// <exception cref="CrossStitchException">It is not between 0 and 1.</exception>
    public WeightAverage(double decay)
        : base("weight average 1") => _decay = decay is > 0 and < 1
            ? decay
            : throw new CrossStitchException($"The decay of the weights' average is {decay}; it must be above 0 and below 1.");

    /// <inheritdoc/>
    public override void Begin(Network network)
    {
        _average = new ParameterSet(network.Parameters.Blocks);
        _own = new ParameterSet(network.Parameters.Blocks);
        _average.CopyFrom(network.Parameters);
    }

    /// <inheritdoc/>
    public override void AfterStep(Network network, long steps)
    {
        var decay = (float)Math.Min(_decay, steps / (steps + FewSteps));
        for (var place = 0; place < network.Parameters.Blocks.Count; place++)
        {
            var (average, numbers) = (_average!, network.Parameters);
            var mean = average.Numbers(place);
            var now = numbers.Numbers(place);
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] = (decay * mean[i]) + ((1 - decay) * now[i]);
            }
        }
    }

    /// <inheritdoc/>
    public override void BeforeMeasuring(Network network)
    {
        _own!.CopyFrom(network.Parameters);
        network.Parameters.CopyFrom(_average!);
    }

    /// <inheritdoc/>
    public override void AfterMeasuring(Network network) => network.Parameters.CopyFrom(_own!);

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer)
    {
        for (var place = 0; place < _average!.Blocks.Count; place++)
        {
            writer.Write(MemoryMarshal.AsBytes(_average.Numbers(place)));
        }
    }

    /// <inheritdoc/>
    public override void Load(BinaryReader reader)
    {
        for (var place = 0; place < _average!.Blocks.Count; place++)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_average.Numbers(place)));
        }

        if (_average.FirstNotFinite() is { } other)
        {
            throw new FormatException(other);
        }
    }
}
