using CrossStitch.Engines;
using CrossStitch.Kernels;
using static TorchSharp.torch;

namespace CrossStitch.Relations;

/// <summary>
/// The penalty of a <see cref="WeightRelation"/> as one autograd node, by the kernels: (relation, the two weights of
/// every pair and layer..., a and b where it has them) to the penalty. The weights are read once each way.
/// </summary>
internal sealed unsafe class FusedPenalty : autograd.SingleTensorFunction<FusedPenalty>
{
    private const string Relation = "relation";
    private const string Slopes = "slopes";

    public override string Name => "CrossStitch.FusedPenalty";

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var relation = (WeightRelation)vars[0];
        var tensors = vars.Skip(1).Cast<Tensor>().ToList();
        var sum = 0.0;
        var slopes = new double[relation.Terms];
        for (var term = 0; term < slopes.Length; term++)
        {
            var (first, second) = (tensors[2 * term], tensors[(2 * term) + 1]);
            var (scale, shift) = relation.MapOf(term);
            var squared = RelationKernel.SquaredDistance(first.Pointer(), second.Pointer(), first.numel(), scale, shift);
            sum += WeightRelation.Penalize(relation.Options.Penalty, squared, out slopes[term]);
        }

        ctx.save_for_backward(tensors);
        ctx.save_data(Relation, relation);
        ctx.save_data(Slopes, slopes);
        return tensor((float)(relation.Options.Weight * sum));
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var relation = (WeightRelation)ctx.get_data(Relation);
        var slopes = (double[])ctx.get_data(Slopes);
        var tensors = ctx.get_saved_variables();
        var gradients = tensors.ConvertAll(saved => zeros_like(saved));
        var factor = relation.Options.Weight * grad_output.item<float>();
        for (var term = 0; term < slopes.Length; term++)
        {
            var (first, second) = (tensors[2 * term], tensors[(2 * term) + 1]);
            var (scale, shift) = relation.MapOf(term);
            var (byScale, byShift) = RelationKernel.AddGradient(
                first.Pointer(), second.Pointer(), first.numel(), scale, shift, (float)(factor * slopes[term]),
                gradients[2 * term].Pointer(), gradients[(2 * term) + 1].Pointer());
            if (relation.Scale is not null)
            {
                gradients[^2].Pointer()[term] = byScale;
                gradients[^1].Pointer()[term] = byShift;
            }
        }

        tensors.ForEach(saved => saved.Dispose());
        return [null!, .. gradients];
    }
}
