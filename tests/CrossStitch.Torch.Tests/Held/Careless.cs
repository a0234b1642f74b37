using TorchSharp;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Held;

/// <summary>Every mistake that lets libtorch read what nothing holds: never run, only read.</summary>
public static class Careless
{
    /// <summary>No scope.</summary>
    public static long WithoutScope() => ones(2).sum().numel();

    /// <summary>A tensor that was there before the scope.</summary>
    public static void BeforeScope()
    {
        var early = ones(2);
        using var scope = NewDisposeScope();
        early.sum();
    }

    /// <summary>A tensor made when the scope had ended.</summary>
    public static void AfterScope()
    {
        using (var scope = NewDisposeScope())
        {
            ones(2).sum();
        }

        ones(2);
    }

    /// <summary>A number that becomes a scalar by itself.</summary>
    public static void Converted()
    {
        using var scope = NewDisposeScope();
        ones(2).mul(2);
    }

    /// <summary>A scalar that only a variable holds.</summary>
    public static void InVariable()
    {
        using var scope = NewDisposeScope();
        var two = 2.0.ToScalar();
        ones(2).mul(two);
    }

    /// <summary>A scalar that TorchSharp makes, the 1 in a + 1 · b.</summary>
    public static void Hidden()
    {
        using var scope = NewDisposeScope();
        ones(2).add(ones(2));
    }

    /// <summary>The same in an operator.</summary>
    public static void Operator()
    {
        using var scope = NewDisposeScope();
        _ = ones(2) + ones(2);
    }

    /// <summary>Lambdas and iterators without a scope.</summary>
    public static void Later()
    {
        Run(() => ones(2).sum());
        foreach (var _ in Iterated())
        {
        }
    }

    /// <summary>A method that is called within a scope once, and once without.</summary>
    public static void Twice()
    {
        Shared();
        using var scope = NewDisposeScope();
        Shared();
    }

    /// <summary>Another thread, on which the scope is none.</summary>
    public static void Elsewhere()
    {
        using var scope = NewDisposeScope();
        Task.Run(() => { }).Wait();
    }

    private static void Shared() => ones(2).sum();

    private static void Run(Action action) => action();

    private static IEnumerable<long> Iterated()
    {
        yield return ones(2).numel();
    }
}
