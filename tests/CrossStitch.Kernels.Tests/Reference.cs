namespace CrossStitch.Kernels.Tests;

/// <summary>
/// What the kernels should compute, written as plainly as it can be: scalar loops in double precision over
/// [channels][rows][columns], one image at a time.
/// </summary>
internal sealed class Reference
{
    private readonly KernelShape _shape;
    private readonly (int C, int H, int W)[] _sizes;

    public Reference(KernelShape shape, Random random)
    {
        _shape = shape;
        _sizes = new (int, int, int)[shape.Stages.Count + 1];
        _sizes[0] = (shape.InputChannels, shape.InputHeight, shape.InputWidth);
        for (var s = 0; s < shape.Stages.Count; s++)
        {
            var (stage, (_, h, w)) = (shape.Stages[s], _sizes[s]);
            var divisor = stage.Pool ? 2 : 1;
            _sizes[s + 1] = (stage.Channels, (h - stage.KernelHeight + 1) / divisor, (w - stage.KernelWidth + 1) / divisor);
        }

        double[] Draw(int count, double scale, double shift = 0) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)(shift + (scale * ((2 * random.NextDouble()) - 1))))];
        Weights = [.. Enumerable.Range(0, shape.Towers).Select(_ => shape.Stages.Select((stage, s) =>
        {
            var inputs = _sizes[s].C * stage.KernelHeight * stage.KernelWidth;
            return Draw(stage.Channels * inputs, Math.Sqrt(6.0 / inputs));
        }).ToArray())];
        Biases = [.. Enumerable.Range(0, shape.Towers).Select(_ => shape.Stages.Select(stage => Draw(stage.Channels, 0.2)).ToArray())];
        Alphas = [.. shape.Stages.Select(stage => Draw(shape.Towers * shape.Towers * stage.Channels, 0.3, 0.5))];
    }

    public double[][][] Weights { get; }

    public double[][][] Biases { get; }

    public double[][] Alphas { get; }

    /// <summary>
    /// How close a decision of ReLU or pooling ever was. In single precision a closer one than rounding may fall the other
    /// way, and its gradient goes elsewhere: neither is wrong, and the two cannot be compared.
    /// </summary>
    public double ClosestDecision { get; private set; } = double.PositiveInfinity;

    public int Features => _sizes[^1].C * _sizes[^1].H * _sizes[^1].W;

    /// <summary>Features [tower][feature] of one image, and the gradients of everything by them where asked for.</summary>
    public double[][] Run(double[] image, double[][]? featureGradients, Gradients? gradients)
    {
        var towers = _shape.Towers;
        var inputs = new double[_shape.Stages.Count + 1][][];
        var outputs = new double[_shape.Stages.Count][][];
        var winners = new int[_shape.Stages.Count][][];
        inputs[0] = [.. Enumerable.Repeat(image, towers)];
        for (var s = 0; s < _shape.Stages.Count; s++)
        {
            winners[s] = new int[towers][];
            outputs[s] = [.. Enumerable.Range(0, towers).Select(t => Convolve(t, s, inputs[s][t], out winners[s][t]))];
            inputs[s + 1] = !_shape.Stitched ? outputs[s] : [.. Enumerable.Range(0, towers).Select(i =>
                Enumerable.Range(0, outputs[s][0].Length).Select(k => Enumerable.Range(0, towers).Sum(j => Alpha(s, i, j, k) * outputs[s][j][k])).ToArray())];
        }

        if (featureGradients is not null)
        {
            Back(inputs, outputs, winners, featureGradients, gradients!);
        }

        return inputs[^1];
    }

    private void Back(double[][][] inputs, double[][][] outputs, int[][][] winners, double[][] featureGradients, Gradients gradients)
    {
        var towers = _shape.Towers;
        var given = featureGradients;
        for (var s = _shape.Stages.Count - 1; s >= 0; s--)
        {
            var own = given;
            if (_shape.Stitched)
            {
                own = [.. Enumerable.Range(0, towers).Select(_ => new double[given[0].Length])];
                for (var i = 0; i < towers; i++)
                {
                    for (var j = 0; j < towers; j++)
                    {
                        for (var k = 0; k < given[0].Length; k++)
                        {
                            own[j][k] += Alpha(s, i, j, k) * given[i][k];
                            gradients.Alphas[s][AlphaIndex(s, i, j, k)].Add(given[i][k] * outputs[s][j][k]);
                        }
                    }
                }
            }

            given = [.. Enumerable.Range(0, towers).Select(t => BackStage(t, s, inputs[s][t], outputs[s][t], winners[s][t], own[t], gradients))];
        }
    }

    private double[] Convolve(int tower, int s, double[] input, out int[] winners)
    {
        var stage = _shape.Stages[s];
        var (channels, height, width) = _sizes[s + 1];
        var output = new double[channels * height * width];
        winners = new int[output.Length];
        for (var k = 0; k < output.Length; k++)
        {
            var (o, y, x) = (k / (height * width), k / width % height, k % width);
            var best = double.NegativeInfinity;
            var second = double.NegativeInfinity;
            for (var cell = 0; cell < (stage.Pool ? 4 : 1); cell++)
            {
                var (row, column) = stage.Pool ? ((2 * y) + (cell / 2), (2 * x) + (cell % 2)) : (y, x);
                var sum = Biases[tower][s][o];
                ForPatch(s, o, row, column, (weight, at) => sum += Weights[tower][s][weight] * input[at]);
                if (sum > best)
                {
                    (second, best, winners[k]) = (best, sum, cell);
                }
                else
                {
                    second = Math.Max(second, sum);
                }
            }

            output[k] = Math.Max(0, best);
            ClosestDecision = Math.Min(ClosestDecision, Math.Min(Math.Abs(best), best > 0 ? best - second : double.PositiveInfinity));
        }

        return output;
    }

    private double[] BackStage(int tower, int s, double[] input, double[] output, int[] winners, double[] given, Gradients gradients)
    {
        var stage = _shape.Stages[s];
        var (_, height, width) = _sizes[s + 1];
        var inputGradient = new double[input.Length];
        for (var k = 0; k < output.Length; k++)
        {
            if (output[k] <= 0)
            {
                continue;
            }

            var (o, y, x) = (k / (height * width), k / width % height, k % width);
            var (row, column) = stage.Pool ? ((2 * y) + (winners[k] / 2), (2 * x) + (winners[k] % 2)) : (y, x);
            gradients.Biases[tower][s][o].Add(given[k]);
            ForPatch(s, o, row, column, (weight, at) =>
            {
                gradients.Weights[tower][s][weight].Add(given[k] * input[at]);
                inputGradient[at] += given[k] * Weights[tower][s][weight];
            });
        }

        return inputGradient;
    }

    private void ForPatch(int s, int o, int row, int column, Action<int, int> body)
    {
        var (channels, height, width) = _sizes[s];
        var stage = _shape.Stages[s];
        for (var c = 0; c < channels; c++)
        {
            for (var y = 0; y < stage.KernelHeight; y++)
            {
                for (var x = 0; x < stage.KernelWidth; x++)
                {
                    body((((((o * channels) + c) * stage.KernelHeight) + y) * stage.KernelWidth) + x, (((c * height) + row + y) * width) + column + x);
                }
            }
        }
    }

    private int AlphaIndex(int s, int i, int j, int k)
    {
        var (channels, height, width) = _sizes[s + 1];
        return (((i * _shape.Towers) + j) * channels) + (k / (height * width));
    }

    private double Alpha(int s, int i, int j, int k) => Alphas[s][AlphaIndex(s, i, j, k)];

    /// <summary>A sum, and the sum of the sizes of its terms: what rounding is relative to where terms cancel.</summary>
    internal struct Sum
    {
        public double Value;
        public double Size;

        public void Add(double term)
        {
            Value += term;
            Size += Math.Abs(term);
        }
    }

    /// <summary>Gradients of all parameters, in the parameters' layouts.</summary>
    internal sealed class Gradients(Reference of)
    {
        public Sum[][][] Weights { get; } = [.. of.Weights.Select(tower => tower.Select(stage => new Sum[stage.Length]).ToArray())];

        public Sum[][][] Biases { get; } = [.. of.Biases.Select(tower => tower.Select(stage => new Sum[stage.Length]).ToArray())];

        public Sum[][] Alphas { get; } = [.. of.Alphas.Select(stage => new Sum[stage.Length])];
    }
}
