namespace CrossStitch.Kernels;

/// <summary>
/// Waits that <see cref="Thread.Interrupt"/> does not cut short: what is waited for still uses the caller's memory, or must
/// be given back. The interrupt comes at the thread's next wait.
/// </summary>
internal static class Uninterrupted
{
    /// <summary>Waits for a semaphore.</summary>
    /// <param name="semaphore">Which.</param>
    public static void Wait(SemaphoreSlim semaphore) => Insist(semaphore, static one => one.Wait());

    /// <summary>Releases a semaphore, which may have to wait for its own lock.</summary>
    /// <param name="semaphore">Which.</param>
    public static void Release(SemaphoreSlim semaphore) => Insist(semaphore, static one => one.Release());

    /// <summary>Takes a lock; <see cref="Monitor.Exit"/> follows.</summary>
    /// <param name="gate">Which.</param>
    public static void Enter(object gate) => Insist(gate, Monitor.Enter);

    private static void Insist<T>(T on, Action<T> wait)
    {
        var interrupted = false;
        while (true)
        {
            try
            {
                wait(on);
                break;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }
}
