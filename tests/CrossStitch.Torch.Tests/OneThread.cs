using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

// Tests here count all living tensors of the process.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace CrossStitch.Torch.Tests;

internal static class OneThread
{
    // Small tensors gain nothing from a second thread, and lose much to it on a busy machine.
#pragma warning disable CA2255 // The tests are the program here.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use() => TorchSharp.torch.set_num_threads(1);
}
