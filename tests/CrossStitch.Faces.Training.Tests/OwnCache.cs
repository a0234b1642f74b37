using System.Runtime.CompilerServices;

namespace CrossStitch.Faces.Training.Tests;

internal static class OwnCache
{
    // Crops of the tests beside the tests: in the user's cache they would push out those of real work.
#pragma warning disable CA2255 // The tests are the program here.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use() => Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path.Combine(AppContext.BaseDirectory, "cache"));
}
