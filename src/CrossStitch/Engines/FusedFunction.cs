using static TorchSharp.torch;

namespace CrossStitch.Engines;

/// <summary>The autograd node of a <see cref="FusedEngine"/>: (engine, input, parameters...) to features.</summary>
internal sealed class FusedFunction : autograd.SingleTensorFunction<FusedFunction>
{
    private const string Engine = "engine";
    private const string Batch = "batch";

    public override string Name => "CrossStitch.FusedTowers";

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var engine = (FusedEngine)vars[0];
        var features = engine.Forward((Tensor)vars[1], keep: true);
        ctx.save_for_backward([(Tensor)vars[1]]);
        ctx.save_data(Engine, engine);
        ctx.save_data(Batch, engine.LastBatch);
        return features;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var engine = (FusedEngine)ctx.get_data(Engine);

        using var input = ctx.get_saved_variables()[0];

        // Nothing flows back into the engine itself, nor into the picture.
        return [null!, null!, .. engine.Backward(grad_output, (long)ctx.get_data(Batch), input)];
    }
}
