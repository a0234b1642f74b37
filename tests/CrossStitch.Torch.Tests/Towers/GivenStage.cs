using CrossStitch.Torch.Towers;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Towers;

/// <summary>Whatever module a test gives, as a stage.</summary>
internal sealed record GivenStage(string Name, Func<IReadOnlyList<int>, nn.Module<Tensor, Tensor>> Make, Func<IReadOnlyList<int>, IReadOnlyList<int>>? Shape = null) : ModuleStage(Name)
{
    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) => Shape?.Invoke(input) ?? input;

    public override nn.Module<Tensor, Tensor> CreateModule(IReadOnlyList<int> input) => Make(input);
}
