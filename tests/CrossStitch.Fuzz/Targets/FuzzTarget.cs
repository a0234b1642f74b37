using CrossStitch.Fuzz.Inputs;

namespace CrossStitch.Fuzz.Targets;

/// <summary>A reader under attack.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>What the reader's documentation says that it throws.</summary>
    public virtual IReadOnlyList<Type> Documented { get; } = [typeof(CrossStitchException)];

    /// <summary>Whole inputs that the reader takes, made by our own writers; the same ones each time.</summary>
    public abstract IEnumerable<FuzzInput> Seeds();

    /// <summary>Gives a changed input the checksum of what it now holds, where the format has one.</summary>
    /// <param name="input">The input.</param>
    public virtual byte[] Reseal(FuzzInput input) => input.Bytes;

    /// <summary>Has the reader read, and uses what it accepted as its callers would.</summary>
    /// <param name="input">The input.</param>
    /// <exception cref="BrokenPromiseException">Something was accepted that must not be.</exception>
    public abstract void Run(FuzzInput input);

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
