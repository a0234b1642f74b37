// Runs a model file with CrossStitch.Kernels alone: dotnet run model.xstitch number number …
using System.Globalization;
using CrossStitch.Kernels.Models;

if (args.Length == 0)
{
    Console.Error.WriteLine("error: name a model file, such as one that 'samples/TwoTasks' saves, then the numbers of an example.");
    return 1;
}

try
{
    using var runner = new NetworkRunner(ModelFile.Load(args[0]));
    var example = args[1..].Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray();
    if (example.Length != runner.Model.InputLength)
    {
        throw new FormatException($"An example of {args[0]} is {runner.Model.InputLength} numbers, not {example.Length}.");
    }

    runner.Model.Input.Normalize(example);
    var outputs = runner.Run(example, batch: 1);
    foreach (var head in runner.Model.Heads)
    {
        var output = outputs[head.Name];
        var shown = head.Kind == HeadKind.Classification ? Class(head, output) : string.Join(" ", output.ToArray().Select(number => number.ToString("F3", CultureInfo.InvariantCulture)));
        Console.WriteLine($"{head.Name}: {shown}");
    }

    return 0;
}
catch (Exception error) when (error is ModelFileException or FormatException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static string Class(NetworkHead head, ReadOnlySpan<float> logits)
{
    var probabilities = new float[logits.Length];
    HeadOutputs.Softmax(logits, logits.Length, probabilities);
    var highest = HeadOutputs.Highest(logits);
    var name = head.Labels.Count > 0 ? head.Labels[highest] : highest.ToString(CultureInfo.InvariantCulture);
    return string.Create(CultureInfo.InvariantCulture, $"{name} ({probabilities[highest]:P0})");
}
