using TorchSharp;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Held;

/// <summary>The ways in which everything is held: nothing to find here.</summary>
public static class Careful
{
    private static readonly Scalar One = 1;

    /// <summary>Tensors in a scope, scalars in a field or a using, helpers, lambdas and iterators within.</summary>
    public static void Compute()
    {
        using var scope = NewDisposeScope();
        using var two = 2.0.ToScalar();
        var sum = Helper(ones(2)).add(ones(2), One).mul(two);
        Array.ForEach([sum], tensor => tensor.sum());
        foreach (var count in Iterated(sum))
        {
            GC.KeepAlive(count);
        }
    }

    private static Tensor Helper(Tensor tensor)
    {
        try
        {
            return tensor.sum();
        }
        finally
        {
            tensor.sum();
        }
    }

    private static IEnumerable<long> Iterated(Tensor tensor)
    {
        yield return tensor.numel();
    }
}
