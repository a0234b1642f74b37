using CrossStitch.Engines;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;

namespace CrossStitch.Export;

/// <summary>Trained networks as models that <c>CrossStitch.Kernels</c> runs alone.</summary>
public static class ModelExport
{
    /// <summary>Saves a network as a <c>.xstitch</c> file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">Where to. A file that is there is replaced.</param>
    /// <param name="options">What else to say of it.</param>
    /// <returns>What was saved.</returns>
    /// <exception cref="CrossStitchException">The kernels cannot run such a network, or the file cannot be written.</exception>
    public static NetworkModel Save(Network network, string path, ModelExportOptions? options = null)
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
    /// Copies a network into a model. Whatever the towers' mixing learns becomes α, one a channel; what only training needs,
    /// losses and weight relations, is left behind.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="options">What else to say of it.</param>
    /// <exception cref="CrossStitchException">The kernels cannot run such a network.</exception>
    public static NetworkModel ToModel(Network network, ModelExportOptions? options = null)
    {
        options ??= new ModelExportOptions();
        var (description, parameters) = (network.Description, network.Parameters);
        if (description.Shape.Input.Count != 3)
        {
            throw new CrossStitchException($"A tower with an input of {description.Shape.Input.Count} dimension(s) cannot be saved as a model: the kernels read [channels, height, width]; give a tower of dense stages the input [{string.Join(" × ", description.Shape.Input)}, 1, 1].");
        }

        var stages = description.Shape.Stages;
        return new NetworkModel(
            KernelShapes.Of(description),
            [.. Enumerable.Range(0, description.Groups.Count).Select(tower => stages.Select(stage => ParameterNames.Stage(tower, stage.Name))
                .Select(name => new StageWeights(Values($"{name}.weight"), Values($"{name}.bias"))).ToArray())],
            description.Stitches is null ? [] : [.. stages.Select((_, stage) => (ReadOnlyMemory<float>)network.Alpha(stage))],
            [.. description.Tasks.Select((task, t) => new NetworkHead(
                task.Name, task.ExportKind, description.TowerOf(t), task.Outputs, Values($"{ParameterNames.Head(task.Name)}.weight"), Values($"{ParameterNames.Head(task.Name)}.bias"))
            {
                Labels = options.Labels.GetValueOrDefault(task.Name) ?? task.OutputNames,
                Unit = options.Units.GetValueOrDefault(task.Name),
            })])
        {
            Input = options.Input,
            Metadata = options.Metadata,
        };

        ReadOnlyMemory<float> Values(string name) => parameters[name].ToArray();
    }
}
