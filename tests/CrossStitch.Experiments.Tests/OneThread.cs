using System.Runtime.CompilerServices;

// The tensor library's thread count is the process's, and runs set it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CrossStitch.Experiments.Tests;

internal static class OneThread
{
    // Small tensors gain nothing from a second thread, and lose much to it on a busy machine.
#pragma warning disable CA2255 // The tests are the program here.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use() => TorchSharp.torch.set_num_threads(1);
}
