using System.Collections;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Tests.Held;

/// <summary>
/// Reads compiled code for calls that let libtorch read what nothing holds. TorchSharp gives libtorch the pointer in a tensor or a
/// scalar, and nothing keeps the object until the call has ended: a garbage collection in between frees what libtorch
/// reads. So tensors are made and used within a dispose scope, of the method itself or of all that call it, and scalars,
/// which scopes do not hold, are kept in a field or a using.
/// </summary>
internal static class UnheldCalls
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
    private static readonly Assembly TorchSharp = typeof(Tensor).Assembly;

    /// <summary>What is wrong in some types and those nested in them: a line a call.</summary>
    public static IReadOnlyList<string> In(IEnumerable<Type> types)
    {
        var methods = types.SelectMany(WithNested).Distinct().SelectMany(Methods).ToDictionary(method => method, method => CompiledCall.Of(method).ToList());
        var callers = methods.SelectMany(method => method.Value.SelectMany(call => Entered(call).Select(entered => (entered, Caller: method.Key, call.Offset)))).ToLookup(edge => edge.entered);

        // Held by their callers are all but those that somebody calls from outside of a scope, or that anybody may call.
        var held = methods.Keys.Where(method => !IsEntry(method) && callers[method].Any()).ToHashSet();
        while (held.RemoveWhere(method => callers[method].Any(edge => !held.Contains(edge.Caller) && !IsInScope(edge.Caller, edge.Offset))) > 0)
        {
        }

        var careless = MakersOfScalars();
        return [.. from method in methods
                   from call in method.Value
                   let problem = Problem(method.Key, call, held.Contains(method.Key), careless)
                   where problem is not null
                   select $"{method.Key.DeclaringType}.{method.Key.Name}: {call.Target.DeclaringType?.Name}.{call.Target.Name} {problem}"];
    }

    private static string? Problem(MethodBase method, CompiledCall call, bool held, HashSet<MethodBase> careless)
    {
        var target = call.Target;
        if (target.DeclaringType is { } type && (type.Namespace == "System.Threading.Tasks" || type == typeof(Thread) || type == typeof(ThreadPool)))
        {
            return "leaves the thread that the dispose scope is of";
        }

        if (target.DeclaringType?.Assembly != TorchSharp || target.Name == nameof(IDisposable.Dispose))
        {
            return null;
        }

        return careless.Contains(Definition(target)) ? "makes a scalar of its own that nothing holds"
            : IsScalar(target) ? (IsKept(method, call) ? null : "makes a scalar that no field and no using holds")
            : Mentions(target) && !held && !IsInScope(method, call.Offset) ? "is outside of a dispose scope"
            : null;
    }

    /// <summary>Whether a place in a method lies in the block that a using of a dispose scope protects.</summary>
    private static bool IsInScope(MethodBase method, int offset) => CompiledCall.Of(method)
        .Where(call => call.Target.Name == nameof(NewDisposeScope))
        .Any(call => Protected(method, call) is { } block && block.TryOffset <= offset && offset < block.TryOffset + block.TryLength);

    /// <summary>Whether what a call gives goes to a field, or to a variable of a using.</summary>
    private static bool IsKept(MethodBase method, CompiledCall call) =>
        CompiledCall.CodeAt(method.GetMethodBody()!.GetILAsByteArray()!, call.End) is var next && (next == OpCodes.Stsfld || next == OpCodes.Stfld || Protected(method, call) is not null);

    /// <summary>The block that a using protects: a try with a finally that begins as soon as what the call gives is in its variable.</summary>
    private static ExceptionHandlingClause? Protected(MethodBase method, CompiledCall call)
    {
        var body = method.GetMethodBody()!;
        var begin = CompiledCall.Behind(body.GetILAsByteArray()!, call.End);
        return body.ExceptionHandlingClauses.FirstOrDefault(clause => clause.Flags == ExceptionHandlingClauseOptions.Finally && clause.TryOffset == begin);
    }

    /// <summary>Methods that a call, a delegate or an iterator made here will run.</summary>
    private static IEnumerable<MethodBase> Entered(CompiledCall call) =>
        call.Code == OpCodes.Newobj && call.Target.DeclaringType is { } type && typeof(IEnumerator).IsAssignableFrom(type) && IsGenerated(type)
            ? Methods(type).Select(Definition)
            : [Definition(call.Target)];

    /// <summary>TorchSharp's methods that turn a number into a scalar inside of them, and those that call such.</summary>
    private static HashSet<MethodBase> MakersOfScalars()
    {
        var all = TorchSharp.GetTypes().SelectMany(Methods).Where(method => !IsScalar(method)).Select(method => (Method: method, Calls: CompiledCall.Of(method).Select(call => call.Target).ToList())).ToList();
        var makers = all.Where(method => method.Calls.Any(IsScalar)).Select(method => method.Method).ToHashSet();
        var callers = all.SelectMany(method => method.Calls.Select(call => (Called: Definition(call), method.Method))).ToLookup(call => call.Called, call => call.Method);
        for (var fresh = makers.ToList(); fresh.Count > 0;)
        {
            fresh = [.. fresh.SelectMany(method => callers[method]).Distinct().Where(makers.Add)];
        }

        return makers;
    }

    private static bool IsScalar(MethodBase method) => method is MethodInfo { ReturnType: var type } && type == typeof(Scalar);

    private static bool Mentions(MethodBase method) => Mentions(method.DeclaringType) || method.GetParameters().Any(parameter => Mentions(parameter.ParameterType)) || (method is MethodInfo { ReturnType: var type } && Mentions(type));

    private static bool Mentions(Type? type) => type is not null &&
        (typeof(Tensor).IsAssignableFrom(type) || typeof(nn.Module).IsAssignableFrom(type) || type == typeof(Scalar) || type == typeof(Generator)
            || (type.HasElementType && Mentions(type.GetElementType())) || (type.IsGenericType && type.GetGenericArguments().Any(Mentions)));

    /// <summary>Whether code of other assemblies may call a method.</summary>
    private static bool IsEntry(MethodBase method) =>
        method.DeclaringType is { IsVisible: true } && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsGenerated(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute));

    private static MethodBase Definition(MethodBase method) =>
        method is MethodInfo { IsGenericMethod: true } generic ? Definition(method, generic.GetGenericMethodDefinition()) : Definition(method, method);

    private static MethodBase Definition(MethodBase method, MethodBase open) =>
        method.DeclaringType is { IsConstructedGenericType: true } type ? method.Module.ResolveMethod(method.MetadataToken)! : open;

    private static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));

    private static IEnumerable<Type> WithNested(Type type) => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(WithNested).Prepend(type);
}
