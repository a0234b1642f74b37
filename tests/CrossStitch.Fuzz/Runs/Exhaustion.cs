namespace CrossStitch.Fuzz.Runs;

/// <summary>Counts how often memory ran out, whether or not anybody caught it.</summary>
internal static class Exhaustion
{
    private static int _count;

    /// <summary>How often so far.</summary>
    public static int Count => Volatile.Read(ref _count);

    /// <summary>Begins to count.</summary>
    public static void Watch() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
    {
        if (thrown.Exception is OutOfMemoryException)
        {
            Interlocked.Increment(ref _count);
        }
    };
}
