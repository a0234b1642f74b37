using System.Text.Json;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;

namespace CrossStitch.Export;

/// <summary>
/// Trained networks as ONNX models, for ONNX Runtime and whatever else reads them: an input <c>input</c>, [batch,
/// channels, rows, columns], and an output a task, [batch, outputs], called as the task is; classes are logits. The
/// metadata has the input format and the labels as JSON, and units.
/// </summary>
public static class OnnxExport
{
    /// <summary>The name of the input.</summary>
    public const string Input = "input";

    /// <summary>The extension of the file's name.</summary>
    public const string Extension = ".onnx";

    // Of 2021: old enough for every reader, new enough for all that is said here.
    private const int FormatVersion = 8;
    private const int OperatorSet = 17;

    /// <summary>Saves a network as an <c>.onnx</c> file, whole or not at all.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">Where to. A file that is there is replaced.</param>
    /// <param name="options">What else to say of it.</param>
    /// <exception cref="CrossStitchException">A model cannot say what such a network computes, or the file cannot be written.</exception>
    public static void Save(Network network, string path, ModelExportOptions? options = null)
    {
        var bytes = ToBytes(ModelExport.ToModel(network, options));
        AtomicFile.Write(path, file => file.Write(bytes));
    }

    /// <summary>A model as the bytes of an <c>.onnx</c> file; the same one is always the same bytes.</summary>
    /// <param name="model">The model, of <see cref="ModelExport.ToModel"/> or of a <c>.xstitch</c> file.</param>
    /// <exception cref="CrossStitchException">The model is none that can be run, or a task's name is taken.</exception>
    public static byte[] ToBytes(NetworkModel model)
    {
        // What no model file can hold is no model.
        _ = ModelExport.ToBytes(model);
        var graph = new OnnxGraph(nameof(CrossStitch));
        var shape = model.Shape;
        var input = graph.Input(Input, shape.InputChannels, shape.InputHeight, shape.InputWidth);
        var features = Towers(graph, model, input);
        foreach (var head in model.Heads)
        {
            graph.Output(Linear(graph, head.Name, $"heads/{head.Name}", features[head.Tower], head.Weights.Span, head.Biases.Span), head.Outputs);
        }

        var file = new OnnxMessage()
            .Number(1, FormatVersion)
            .Text(2, nameof(CrossStitch))
            .Message(7, graph.Message)
            .Message(8, new OnnxMessage().Text(1, "").Number(2, OperatorSet));
        foreach (var (key, value) in Metadata(model))
        {
            file.Message(14, new OnnxMessage().Text(1, key).Text(2, value));
        }

        return file.Bytes.ToArray();
    }

    /// <summary>All stages of all towers; gives the names of the towers' features, [batch, features].</summary>
    private static string[] Towers(OnnxGraph graph, NetworkModel model, string input)
    {
        var (channels, height, width) = (model.Shape.InputChannels, model.Shape.InputHeight, model.Shape.InputWidth);
        var values = Enumerable.Repeat(input, model.Shape.Towers).ToArray();
        var flat = false;
        for (var i = 0; i < model.Shape.Stages.Count; i++)
        {
            var stage = model.Shape.Stages[i];

            // To the kernels a dense stage is the convolution that sees its whole input; matrices say it better.
            var dense = !stage.Pool && (stage.KernelHeight, stage.KernelWidth) == (height, width);
            for (var tower = 0; tower < values.Length; tower++)
            {
                var (name, weights) = ($"tower{tower}/stage{i}", model.Towers[tower][i]);
                values[tower] = dense
                    ? Dense(graph, name, flat ? values[tower] : graph.Node("Flatten", $"{name}/flat", [values[tower]]), weights)
                    : Convolution(graph, name, stage, values[tower], channels, weights);
            }

            var pool = stage.Pool ? 2 : 1;
            (channels, height, width) = (stage.Channels, (height - stage.KernelHeight + 1) / pool, (width - stage.KernelWidth + 1) / pool);
            flat |= dense;
            if (model.Shape.Stitched)
            {
                values = Stitch(graph, $"stitch{i}", values, model.Alphas[i].Span, flat ? [channels] : [channels, 1, 1]);
            }
        }

        return flat ? values : [.. values.Select((value, tower) => graph.Node("Flatten", $"tower{tower}/features", [value]))];
    }

    private static string Convolution(OnnxGraph graph, string name, KernelStage stage, string from, int channels, StageWeights weights)
    {
        string[] inputs =
        [
            from,
            graph.Constant($"{name}/weights", weights.Weights.Span, stage.Channels, channels, stage.KernelHeight, stage.KernelWidth),
            graph.Constant($"{name}/biases", weights.Biases.Span, stage.Channels),
        ];
        var sums = graph.Node("Conv", $"{name}/convolution", inputs, OnnxGraph.Attribute("kernel_shape", stage.KernelHeight, stage.KernelWidth));
        var activation = graph.Node("Relu", $"{name}/relu", [sums]);
        return stage.Pool
            ? graph.Node("MaxPool", $"{name}/pool", [activation], OnnxGraph.Attribute("kernel_shape", 2, 2), OnnxGraph.Attribute("strides", 2, 2))
            : activation;
    }

    private static string Dense(OnnxGraph graph, string name, string from, StageWeights weights) =>
        graph.Node("Relu", $"{name}/relu", [Linear(graph, $"{name}/sums", name, from, weights.Weights.Span, weights.Biases.Span)]);

    /// <summary>output = from × weightsᵀ + biases.</summary>
    private static string Linear(OnnxGraph graph, string output, string name, string from, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases)
    {
        string[] inputs =
        [
            from,
            graph.Constant($"{name}/weights", weights, biases.Length, weights.Length / biases.Length),
            graph.Constant($"{name}/biases", biases, biases.Length),
        ];
        return graph.Node("Gemm", output, inputs, OnnxGraph.Attribute("transB", 1));
    }

    /// <summary>x̃_i = Σ_j α_ij x_j (eq. 3), a product and a sum at a time.</summary>
    private static string[] Stitch(OnnxGraph graph, string name, string[] values, ReadOnlySpan<float> alphas, int[] shape)
    {
        var mixed = new string[values.Length];
        for (var to = 0; to < values.Length; to++)
        {
            for (var from = 0; from < values.Length; from++)
            {
                var term = $"{name}/{to}/{from}";
                var alpha = graph.Constant($"{term}/alpha", alphas.Slice(((to * values.Length) + from) * shape[0], shape[0]), shape);
                var product = graph.Node("Mul", $"{term}/product", [values[from], alpha]);
                mixed[to] = from == 0 ? product : graph.Node("Add", $"{term}/sum", [mixed[to], product]);
            }
        }

        return mixed;
    }

    private static IEnumerable<KeyValuePair<string, string>> Metadata(NetworkModel model) =>
    [
        .. model.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal),
        new("crossstitch.input", JsonSerializer.Serialize(model.Input, OnnxMetadata.Default.InputFormat)),
        .. model.Heads.Where(head => head.Labels.Count > 0).Select(head => KeyValuePair.Create($"crossstitch.labels.{head.Name}", JsonSerializer.Serialize(head.Labels, OnnxMetadata.Default.IReadOnlyListString))),
        .. model.Heads.Where(head => head.Unit is not null).Select(head => KeyValuePair.Create($"crossstitch.unit.{head.Name}", head.Unit!)),
    ];
}
