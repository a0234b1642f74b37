using CrossStitch.Engines;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using static TorchSharp.torch;

namespace CrossStitch.Export;

/// <summary>Trained networks as models that <c>CrossStitch.Kernels</c> runs alone, without TorchSharp.</summary>
public static class ModelExport
{
    /// <summary>Saves a network as a <c>.xstitch</c> file.</summary>
    /// <param name="network">The network; its engine does not matter.</param>
    /// <param name="path">Where to. A file that is there is replaced.</param>
    /// <param name="options">What else to say of it.</param>
    /// <returns>What was saved.</returns>
    /// <exception cref="CrossStitchException">The kernels cannot run such a network, or the file cannot be written.</exception>
    public static NetworkModel Save(MultiTaskNetwork network, string path, ModelExportOptions? options = null)
    {
        var model = ToModel(network, options);
        try
        {
            ModelFile.Save(model, path);
        }
        catch (ModelFileException error)
        {
            throw new CrossStitchException(error.Message, error);
        }

        return model;
    }

    /// <summary>A model as the bytes of a <c>.xstitch</c> file; the same one is always the same bytes.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="CrossStitchException">The model is none that can be run.</exception>
    public static byte[] ToBytes(NetworkModel model)
    {
        using var bytes = new MemoryStream();
        try
        {
            ModelFile.Save(model, bytes);
        }
        catch (ModelFileException error)
        {
            throw new CrossStitchException(error.Message, error);
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// Copies a network out of TorchSharp. A cross-stitch matrix of a layer becomes one a channel; what only training
    /// needs, losses and weight relations, is left behind.
    /// </summary>
    /// <param name="network">The network; its engine does not matter.</param>
    /// <param name="options">What else to say of it.</param>
    /// <exception cref="CrossStitchException">The kernels cannot run such a network.</exception>
    public static NetworkModel ToModel(MultiTaskNetwork network, ModelExportOptions? options = null)
    {
        Validate(network);
        options ??= new ModelExportOptions();
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return new NetworkModel(
            FusedEngine.ShapeOf(network),
            [.. network.Towers.Select(tower => tower.Layers.Select(layer => new StageWeights(Values(layer.Weight), Values(layer.Bias))).ToArray())],
            [.. network.Stitches.Select((unit, stage) => Values(PerChannel(unit, network.Towers[0].Layers[stage])))],
            Heads(network, options.Labels))
        {
            Input = options.Input,
            Metadata = options.Metadata,
        };
    }

    private static void Validate(MultiTaskNetwork network)
    {
        // A network of another kind may mix features in a way that a model cannot say, and its outputs would be wrong.
        if (!FusedEngine.Covers(network))
        {
            throw new CrossStitchException($"A {network.GetType().Name} cannot be saved as a model: a model is towers with or without cross-stitch units; save a single, split, cross-stitch or related network.");
        }

        var input = network.Towers[0].Shape.Input;
        if (input.Count != 3)
        {
            throw new CrossStitchException($"A tower with an input of {input.Count} dimension(s) cannot be saved as a model: the kernels read [channels, height, width]; give a tower of dense stages the input [{string.Join(" × ", input)}, 1, 1].");
        }
    }

    private static Tensor PerChannel(CrossStitchUnit unit, TowerLayer layer) =>
        unit.Alpha.expand(unit.Alpha.shape[0], unit.Alpha.shape[1], layer.Bias.shape[0]);

    private static NetworkHead[] Heads(MultiTaskNetwork network, IReadOnlyDictionary<string, IReadOnlyList<string>> labels)
    {
        var tower = network.Groups.SelectMany((group, number) => group.Tasks.Select(_ => number)).ToArray();
        return [.. network.Tasks.Zip(network.Heads, (task, head) => (task, head)).Select((pair, i) => new NetworkHead(
            pair.task.Name,
            pair.task is ClassificationTask ? HeadKind.Classification : HeadKind.Regression,
            tower[i],
            pair.task.Outputs,
            Values(pair.head.weight!),
            Values(pair.head.bias!))
        {
            Labels = labels.GetValueOrDefault(pair.task.Name) ?? [],
        })];
    }

    private static ReadOnlyMemory<float> Values(Tensor tensor) => tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
}
