using System.Reflection;
using CrossStitch.Parameters;
using CrossStitch.Torch.Towers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Engines;

/// <summary>The module of a stage in one tower, on a device, and where its tensors lie among the network's parameters.</summary>
internal sealed class TowerModule : IDisposable
{
    private static readonly FieldInfo Counter = typeof(NormBase).GetField("_num_batches_tracked", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private readonly ModuleStage _stage;
    private readonly long[] _output;
    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly (Tensor Tensor, ParameterBlock Block, int Place)[] _tensors;
    private readonly List<(nn.Module Norm, Tensor Batches)> _counters;

    /// <summary>Makes a module.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="prefix">What the names of its blocks begin with.</param>
    /// <param name="input">Shape of the input for one example.</param>
    /// <param name="output">Shape of the output for one example, as the stage says.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="device">Where it computes.</param>
    public TowerModule(ModuleStage stage, string prefix, IReadOnlyList<int> input, IReadOnlyList<int> output, ParameterSet parameters, Device device)
    {
        (_stage, _output) = (stage, [.. output.Select(side => (long)side)]);
        using var scope = NewDisposeScope();
        _module = stage.Create(input);
        if (device.type != DeviceType.CPU)
        {
            Move(_module, device);
        }

        _counters = TakeCounters(_module);

        _tensors = [.. stage.Tensors(_module, prefix).Select(tensor => (tensor.Tensor, tensor.Block, parameters.PlaceOf(tensor.Block.Name)))];

        // The module lives as long as the engine, whatever scope the engine was made in; so does all that it holds.
        foreach (var made in scope.DisposablesView.OfType<Tensor>().ToList())
        {
            made.DetachFromDisposeScope();
        }
    }

    /// <summary>The places of all its blocks.</summary>
    public IEnumerable<int> Places => _tensors.Select(tensor => tensor.Place);

    /// <summary>The module's own parameters, which autograd sees, with their places.</summary>
    public IEnumerable<(int Place, Tensor Parameter)> Parameters =>
        _tensors.Where(tensor => tensor.Block.Role != ParameterRole.Statistics).Select(tensor => (tensor.Place, tensor.Tensor));

    /// <summary>Takes the network's parameters as they are now.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="learns">Whether the module is to learn: its mode.</param>
    public void Take(ParameterSet parameters, bool learns)
    {
        _module.train(learns);
        using var fixedNow = no_grad();
        foreach (var (tensor, block, place) in _tensors)
        {
            tensor.copy_(TensorMemory.Copy(parameters.Numbers(place), block.Shape));
            if (tensor.requires_grad)
            {
                tensor.grad = null;
            }
        }
    }

    /// <summary>Gives the statistics, as they are after a batch, to the network's parameters.</summary>
    /// <param name="parameters">The network's parameters.</param>
    public void GiveStatistics(ParameterSet parameters)
    {
        foreach (var (tensor, _, place) in _tensors.Where(tensor => tensor.Block.Role == ParameterRole.Statistics))
        {
            tensor.to(float32).CopyTo(parameters.Numbers(place));
        }
    }

    /// <summary>Computes the stage.</summary>
    /// <param name="input">[batch, ...].</param>
    /// <exception cref="CrossStitchException">Something of another shape came out than the stage says.</exception>
    public Tensor Forward(Tensor input)
    {
        var output = _module.call(input);
        foreach (var (_, batches) in _counters.Where(counter => counter.Norm.training))
        {
            batches.Increment();
        }

        return output.shape.AsSpan(1).SequenceEqual(_output)
            ? output
            : throw new CrossStitchException($"Stage '{_stage.Name}' says that it gives [{string.Join(", ", _output)}] an example, and its module gave [{string.Join(", ", output.shape.Skip(1))}].");
    }

    public void Dispose() => _module.Dispose();

    /// <summary>
    /// Takes the counts of batches from batch normalisations, to count here. TorchSharp's own adds a 1 that nothing holds
    /// while libtorch reads it. The counts stay buffers of the module; where there is no momentum they decide the averages,
    /// and TorchSharp goes on to count.
    /// </summary>
    private static List<(nn.Module Norm, Tensor Batches)> TakeCounters(nn.Module module)
    {
        var counters = new List<(nn.Module, Tensor)>();
        module.apply(part =>
        {
            if (part is BatchNorm { track_running_stats: true, momentum: not null, num_batches_tracked: { } batches })
            {
                Counter.SetValue(part, null);
                counters.Add((part, batches));
            }
        });
        return counters;
    }

    /// <summary>
    /// Moves a module to a device. TorchSharp makes new tensors there and frees the old ones, but gives the new ones only to
    /// fields that are called as their tensor is registered: the others get them here.
    /// </summary>
    private static void Move(nn.Module module, Device device)
    {
        var before = Registered().ToDictionary(tensor => tensor.Name, tensor => tensor.Tensor);
        module.to(device);
        var moved = new Dictionary<object, Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (name, tensor) in Registered())
        {
            moved[before[name]] = tensor;
        }

        module.apply(part =>
        {
            for (var type = part.GetType(); type is not null; type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (field.GetValue(part) is Tensor old && moved.TryGetValue(old, out var now))
                    {
                        field.SetValue(part, now);
                    }
                }
            }
        });

        IEnumerable<(string Name, Tensor Tensor)> Registered() => [.. module.named_parameters().Select(tensor => (tensor.name, (Tensor)tensor.parameter)), .. module.named_buffers()];
    }
}
