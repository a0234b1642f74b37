using System.Reflection;
using System.Reflection.Emit;

namespace CrossStitch.Torch.Tests.Held;

/// <summary>A call in a method's compiled code, or a method that it hands on as a delegate.</summary>
/// <param name="Offset">Where it stands in the code.</param>
/// <param name="Code">What it does.</param>
/// <param name="Target">What is called.</param>
/// <param name="End">Where the next instruction stands.</param>
internal sealed record CompiledCall(int Offset, OpCode Code, MethodBase Target, int End)
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>All calls of a method, in order; none where it has no code.</summary>
    public static IEnumerable<CompiledCall> Of(MethodBase method)
    {
        var bytes = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var (typeArguments, methodArguments) = (method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        for (var at = 0; at < bytes.Length;)
        {
            var (offset, code) = (at, CodeAt(bytes, at));
            at = Behind(bytes, at);
            if (code.OperandType == OperandType.InlineMethod && method.Module.ResolveMethod(BitConverter.ToInt32(bytes, offset + code.Size), typeArguments, methodArguments) is { } target)
            {
                yield return new CompiledCall(offset, code, target, at);
            }
        }
    }

    /// <summary>The instruction at a place.</summary>
    public static OpCode CodeAt(byte[] bytes, int at) => Codes[bytes[at] == 0xFE ? (short)(0xFE00 | bytes[at + 1]) : bytes[at]];

    /// <summary>Where the instruction behind the one at a place stands.</summary>
    public static int Behind(byte[] bytes, int at) => at + CodeAt(bytes, at).Size + OperandSize(bytes, at + CodeAt(bytes, at).Size, CodeAt(bytes, at).OperandType);

    private static int OperandSize(byte[] bytes, int at, OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(bytes, at)),
        _ => 4,
    };
}
