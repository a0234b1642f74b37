namespace CrossStitch.Export;

/// <summary>
/// An ONNX graph under construction: nodes in the order in which they run, and the constants that they read. The field
/// numbers are those of <c>onnx.proto</c>.
/// </summary>
internal sealed class OnnxGraph
{
    private const int FloatElement = 1;
    private const int IntAttribute = 2;
    private const int IntsAttribute = 7;

    private readonly OnnxMessage _graph = new();
    private readonly HashSet<string> _names = [];

    /// <summary>Starts a graph.</summary>
    /// <param name="name">Its name.</param>
    public OnnxGraph(string name) => _graph.Text(2, name);

    /// <summary>The graph's bytes.</summary>
    public OnnxMessage Message => _graph;

    /// <summary>Adds an input of floats with an open first dimension.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its dimensions after the first.</param>
    /// <returns>The name.</returns>
    public string Input(string name, params ReadOnlySpan<int> shape)
    {
        _graph.Message(11, ValueInfo(Claim(name), shape));
        return name;
    }

    /// <summary>Makes a value an output of the graph: floats with an open first dimension.</summary>
    /// <param name="name">The value's name.</param>
    /// <param name="shape">Its dimensions after the first.</param>
    public void Output(string name, params ReadOnlySpan<int> shape) => _graph.Message(12, ValueInfo(name, shape));

    /// <summary>Adds a constant.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values.</param>
    /// <param name="shape">All of its dimensions.</param>
    /// <returns>The name.</returns>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var tensor = new OnnxMessage();
        foreach (var side in shape)
        {
            tensor.Number(1, side);
        }

        _graph.Message(5, tensor.Number(2, FloatElement).Text(8, Claim(name)).Floats(9, values));
        return name;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="kind">The operator.</param>
    /// <param name="output">The name of what it gives.</param>
    /// <param name="inputs">The names of what it reads.</param>
    /// <param name="attributes">Its attributes, finished.</param>
    /// <returns>The name of what it gives.</returns>
    public string Node(string kind, string output, IEnumerable<string> inputs, params ReadOnlySpan<OnnxMessage> attributes)
    {
        var node = new OnnxMessage();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, Claim(output)).Text(3, output).Text(4, kind);
        foreach (var attribute in attributes)
        {
            node.Message(5, attribute);
        }

        _graph.Message(1, node);
        return output;
    }

    /// <summary>An attribute that is one number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static OnnxMessage Attribute(string name, int value) =>
        new OnnxMessage().Text(1, name).Number(3, value).Number(20, IntAttribute);

    /// <summary>An attribute that is a list of two numbers, such as the sides of a kernel.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="height">The first.</param>
    /// <param name="width">The second.</param>
    public static OnnxMessage Attribute(string name, int height, int width) =>
        new OnnxMessage().Text(1, name).Number(8, height).Number(8, width).Number(20, IntsAttribute);

    private static OnnxMessage ValueInfo(string name, ReadOnlySpan<int> shape)
    {
        var sides = new OnnxMessage().Message(1, new OnnxMessage().Text(2, "batch"));
        foreach (var side in shape)
        {
            sides.Message(1, new OnnxMessage().Number(1, side));
        }

        var tensor = new OnnxMessage().Number(1, FloatElement).Message(2, sides);
        return new OnnxMessage().Text(1, name).Message(2, new OnnxMessage().Message(1, tensor));
    }

    private string Claim(string name) => _names.Add(name)
        ? name
        : throw new CrossStitchException($"Two values of the ONNX model would be called '{name}'; give the task of that name another one.");
}
