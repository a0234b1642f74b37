namespace CrossStitch.Kernels.Models;

/// <summary>
/// Which arrays a model has, in the order in which its file holds them, and whether its sizes make sense: everything is
/// checked here before anything is allocated for it. See docs/model-file.md.
/// </summary>
internal sealed class ModelLayout
{
    /// <summary>Arrays begin at multiples of so many bytes.</summary>
    public const int Alignment = 64;

    /// <summary>Bytes that all arrays may take.</summary>
    public const long MostPayload = 1 << 28;

    private const int MostStages = 64;
    private const int MostTowers = 32;
    private const int MostHeads = 256;

    /// <summary>Of channels, outputs, and rows and columns of input and kernels.</summary>
    private const int MostOfADimension = 16384;

    /// <summary>Activations of one example in all towers, with channels counted in sixteens as the kernels keep them.</summary>
    private const long MostActivations = 1 << 22;

    private const int StoredChannels = 16;

    private readonly List<ModelArray> _arrays = [];

    /// <summary>Works a model out; its arrays need not be there yet.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="FormatException">It is none that can be run; the message says what is wrong with which value.</exception>
    public ModelLayout(NetworkModel model)
    {
        var shape = model.Shape;
        InRange(shape.InputChannels, 1, MostOfADimension, "input.channels");
        InRange(shape.InputHeight, 1, MostOfADimension, "input.height");
        InRange(shape.InputWidth, 1, MostOfADimension, "input.width");
        InRange(shape.Stages.Count, 1, MostStages, "the number of stages");
        InRange(shape.Towers, 1, MostTowers, "towers");
        InRange(model.Heads.Count, 1, MostHeads, "the number of heads");
        Check(model.Input, shape.InputChannels);
        var inputs = Stages(shape);
        for (var tower = 0; tower < shape.Towers; tower++)
        {
            for (var s = 0; s < shape.Stages.Count; s++)
            {
                var stage = shape.Stages[s];
                Add($"tower {tower}, stage {s}, weights", (long)stage.Channels * inputs[s] * stage.KernelHeight * stage.KernelWidth);
                Add($"tower {tower}, stage {s}, biases", stage.Channels);
            }
        }

        for (var s = 0; shape.Stitched && s < shape.Stages.Count; s++)
        {
            Add($"stitch {s}", (long)shape.Towers * shape.Towers * shape.Stages[s].Channels);
        }

        Heads(model);
    }

    /// <summary>Numbers that an example becomes in each tower.</summary>
    public int Features { get; private set; }

    /// <summary>Numbers of one example's input, and of what all stages of all towers make of it, with channels counted in sixteens.</summary>
    public long Activations { get; private set; }

    /// <summary>The arrays, in order.</summary>
    public IReadOnlyList<ModelArray> Arrays => _arrays;

    /// <summary>Bytes that they take, each filled up to a multiple of <see cref="Alignment"/>.</summary>
    public long PayloadLength { get; private set; }

    /// <summary>The values of a model, in the order of <see cref="Arrays"/>.</summary>
    /// <param name="model">A model of this layout.</param>
    /// <exception cref="FormatException">The model has another number of arrays, one of another length, or a number that is not finite.</exception>
    public IReadOnlyList<ReadOnlyMemory<float>> ValuesOf(NetworkModel model)
    {
        ReadOnlyMemory<float>[] values =
        [
            .. model.Towers.SelectMany(tower => tower).SelectMany(stage => new[] { stage.Weights, stage.Biases }),
            .. model.Alphas,
            .. model.Heads.SelectMany(head => new[] { head.Weights, head.Biases }),
        ];
        var stages = model.Shape.Stages.Count;
        if (model.Towers.Count != model.Shape.Towers || model.Towers.Any(tower => tower.Count != stages) || model.Alphas.Count != (model.Shape.Stitched ? stages : 0))
        {
            throw new FormatException($"there are weights of {model.Towers.Count} towers and {model.Alphas.Count} stitches; the shape asks for {model.Shape.Towers} towers of {stages} stages and {(model.Shape.Stitched ? stages : 0)} stitches");
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Length != _arrays[i].Length)
            {
                throw new FormatException($"{_arrays[i].Name}: has {values[i].Length} numbers; the shape asks for {_arrays[i].Length}");
            }

            if (Finite.FirstOther(values[i].Span) is >= 0 and var at)
            {
                throw new FormatException($"{_arrays[i].Name}: number {at} is {values[i].Span[at]}; a network with such a weight says nothing, take one whose training did not fail");
            }
        }

        return values;
    }

    /// <summary>Puts values into a model that has none yet.</summary>
    /// <param name="model">A model of this layout.</param>
    /// <param name="values">In the order of <see cref="Arrays"/>.</param>
    public static NetworkModel Fill(NetworkModel model, IReadOnlyList<ReadOnlyMemory<float>> values)
    {
        var next = 0;
        StageWeights Stage() => new(values[next++], values[next++]);
        return model with
        {
            Towers = [.. Enumerable.Range(0, model.Shape.Towers).Select(_ => model.Shape.Stages.Select(_ => Stage()).ToArray())],
            Alphas = [.. model.Shape.Stages.Where(_ => model.Shape.Stitched).Select(_ => values[next++])],
            Heads = [.. model.Heads.Select(head => head with { Weights = values[next++], Biases = values[next++] })],
        };
    }

    private static void InRange(long value, long least, long most, string what)
    {
        if (value < least || value > most)
        {
            throw new FormatException($"{what} is {value}; it must be {least} to {most}");
        }
    }

    private static void Text(string text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException($"{what} is '{text}'; it must have a name, or not be there");
        }
    }

    private static void Defined<T>(T value, string what)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new FormatException($"{what} is {value}; it must be {string.Join(" or ", Enum.GetNames<T>())}");
        }
    }

    private static void Check(InputFormat input, int channels)
    {
        if (input.Channels.Count != 0 && input.Channels.Count != channels)
        {
            throw new FormatException($"input.channelNames has {input.Channels.Count} names; it must have one for each of {channels} channels, or none");
        }

        ReadOnlySpan<float> numbers = [input.Low, input.High, input.Scale, input.Offset, input.MinimumDeviation];
        foreach (var number in numbers)
        {
            if (!float.IsFinite(number))
            {
                throw new FormatException("input has a number that is not finite");
            }
        }

        if (input.Crop is { } crop)
        {
            Text(crop.Region, "input.crop.region");
            Defined(crop.Resampling, "input.crop.resampling");
            Defined(crop.Edges, "input.crop.edges");
            if (crop.Margin is not (>= CropFormat.LeastMargin and <= CropFormat.LargestMargin))
            {
                throw new FormatException($"input.crop.margin is {crop.Margin}; it must be {CropFormat.LeastMargin} to {CropFormat.LargestMargin}");
            }

            if ((crop.Region == CropFormat.AlignedRegion) == crop.Points is null
                || crop.Points is { } points && (points.Count is < 4 or > 2 * CropFormat.MostPoints || points.Count % 2 != 0 || points.Any(number => !float.IsFinite(number))))
            {
                throw new FormatException($"input.crop.points has {crop.Points?.Count ?? 0} numbers; it must have two to {CropFormat.MostPoints} points where the region is '{CropFormat.AlignedRegion}', and none elsewhere; all finite");
            }
        }
    }

    /// <summary>Checks the stages and works out how many channels each reads.</summary>
    private int[] Stages(KernelShape shape)
    {
        var inputs = new int[shape.Stages.Count];
        var (channels, height, width) = (shape.InputChannels, shape.InputHeight, shape.InputWidth);
        var activations = (long)channels * height * width;
        for (var s = 0; s < inputs.Length; s++)
        {
            var stage = shape.Stages[s];
            var most = stage.Pool ? 1 : 0;
            InRange(stage.Channels, 1, MostOfADimension, $"stages[{s}].channels");
            InRange(stage.KernelHeight, 1, height - most, $"stages[{s}].kernel[0], the rows of a kernel on {height} rows of input,");
            InRange(stage.KernelWidth, 1, width - most, $"stages[{s}].kernel[1], the columns of a kernel on {width} columns of input,");
            inputs[s] = channels;
            (channels, height, width) = (stage.Channels, (height - stage.KernelHeight + 1) / (1 + most), (width - stage.KernelWidth + 1) / (1 + most));
            activations += (long)shape.Towers * height * width * ((channels + StoredChannels - 1) / StoredChannels * StoredChannels);
            InRange(activations, 0, MostActivations, $"the number of activations of one example up to stages[{s}]");
        }

        InRange(activations, 0, MostActivations, "the number of activations of one example");
        Features = channels * height * width;
        Activations = activations;
        return inputs;
    }

    private void Heads(NetworkModel model)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var h = 0; h < model.Heads.Count; h++)
        {
            var head = model.Heads[h];
            if (head.Name.Length == 0 || !names.Add(head.Name))
            {
                throw new FormatException($"heads[{h}].name is '{head.Name}'; every head needs a name of its own");
            }

            Defined(head.Kind, $"heads[{h}].kind");
            InRange(head.Tower, 0, model.Shape.Towers - 1, $"heads[{h}].tower");
            InRange(head.Outputs, 1, MostOfADimension, $"heads[{h}].outputs");
            if (head.Labels.Count != 0 && head.Labels.Count != head.Outputs)
            {
                throw new FormatException($"heads[{h}].labels has {head.Labels.Count} labels; it must have one for each of {head.Outputs} outputs, or none");
            }

            if (head.Unit is { } unit)
            {
                Text(unit, $"heads[{h}].unit");
                if (head.Kind != HeadKind.Regression || (unit == NetworkHead.BoxUnit && model.Input.Crop is null))
                {
                    throw new FormatException($"heads[{h}].unit is '{unit}'; only a regression has a unit, and '{NetworkHead.BoxUnit}' needs an input.crop whose region it is measured in");
                }
            }

            Add($"head '{head.Name}', weights", (long)head.Outputs * Features);
            Add($"head '{head.Name}', biases", head.Outputs);
        }
    }

    private void Add(string name, long length)
    {
        var bytes = (length * sizeof(float) + Alignment - 1) / Alignment * Alignment;
        if (PayloadLength + bytes > MostPayload)
        {
            InRange(PayloadLength + bytes, 0, MostPayload, $"the number of bytes of all weights up to {name}");
        }

        _arrays.Add(new ModelArray(name, PayloadLength, (int)length));
        PayloadLength += bytes;
    }
}
