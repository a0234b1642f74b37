using System.Diagnostics;
using CrossStitch.Fuzz.Targets;

namespace CrossStitch.Fuzz.Runs;

/// <summary>Something that an input did and must not do.</summary>
/// <param name="Key">The same for all that are one fault, as far as can be told.</param>
/// <param name="Detail">Everything that is known, over several lines.</param>
internal sealed record Finding(string Key, string Detail)
{
    /// <summary>An exception that is not documented, or a broken promise.</summary>
    public static Finding Of(Exception error)
    {
        var inner = error is AggregateException { InnerExceptions: [var first, ..] } ? first : error;
        return new Finding(
            error is BrokenPromiseException ? $"promise: {error.Message}" : $"{(inner == error ? "" : "AggregateException of ")}{inner.GetType().Name} at {PlaceOf(inner)}",
            error.ToString());
    }

    /// <summary>More time or memory than is allowed, or the end of the process.</summary>
    /// <param name="what">What kind, such as "memory".</param>
    /// <param name="detail">How much.</param>
    public static Finding Of(string what, string detail) => new(what, detail);

    private static string PlaceOf(Exception error)
    {
        var method = new StackTrace(error).GetFrames().Select(frame => frame.GetMethod())
            .FirstOrDefault(method => method?.DeclaringType?.Assembly is { } assembly && assembly != typeof(Finding).Assembly && assembly.GetName().Name!.StartsWith("CrossStitch", StringComparison.Ordinal));
        return method is null ? "no code of CrossStitch" : $"{method.DeclaringType!.FullName}.{method.Name}";
    }
}
