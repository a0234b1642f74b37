using CrossStitch.Torch.Engines;

namespace CrossStitch.Torch.Tests.Held;

/// <summary>Nothing that libtorch reads is freed under it, as the compiled code of the library shows.</summary>
public sealed class UnheldCallsTests
{
    [Fact]
    public void The_library_holds_all_that_libtorch_reads() =>
        Assert.Empty(UnheldCalls.In(typeof(TorchEngine).Assembly.GetTypes()));

    [Fact]
    public void Tensors_and_scalars_that_are_held_are_fine() => Assert.Empty(UnheldCalls.In([typeof(Careful)]));

    [Theory]
    [InlineData(nameof(Careless.WithoutScope), "torch.ones is outside of a dispose scope", "Tensor.sum is outside of a dispose scope", "Tensor.numel is outside of a dispose scope")]
    [InlineData(nameof(Careless.BeforeScope), "torch.ones is outside of a dispose scope")]
    [InlineData(nameof(Careless.AfterScope), "torch.ones is outside of a dispose scope")]
    [InlineData(nameof(Careless.Converted), "Scalar.op_Implicit makes a scalar that no field and no using holds")]
    [InlineData(nameof(Careless.InVariable), "ScalarExtensionMethods.ToScalar makes a scalar that no field and no using holds")]
    [InlineData(nameof(Careless.Hidden), "Tensor.add makes a scalar of its own that nothing holds")]
    [InlineData(nameof(Careless.Operator), "Tensor.op_Addition makes a scalar of its own that nothing holds")]
    [InlineData("Later", "torch.ones is outside of a dispose scope", "Tensor.sum is outside of a dispose scope")]
    [InlineData("Iterated", "torch.ones is outside of a dispose scope", "Tensor.numel is outside of a dispose scope")]
    [InlineData("Shared", "torch.ones is outside of a dispose scope", "Tensor.sum is outside of a dispose scope")]
    [InlineData(nameof(Careless.Elsewhere), "Task.Run leaves the thread that the dispose scope is of", "Task.Wait leaves the thread that the dispose scope is of")]
    public void Every_way_to_let_go_of_one_is_found(string method, params string[] problems)
    {
        var found = UnheldCalls.In([typeof(Careless)]).Where(line => line.Split(": ")[0] is var where && (where.EndsWith($".{method}", StringComparison.Ordinal) || where.Contains($"<{method}>", StringComparison.Ordinal)));
        Assert.Equal(problems.Order(), found.Select(line => line.Split(": ")[1]).Order());
    }
}
