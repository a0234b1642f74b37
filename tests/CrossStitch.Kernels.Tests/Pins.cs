using System.Runtime.InteropServices;

namespace CrossStitch.Kernels.Tests;

/// <summary>Arrays that stay where they are until it is disposed.</summary>
internal sealed unsafe class Pins : IDisposable
{
    private readonly List<GCHandle> _handles = [];

    public void* Pin(Array array)
    {
        _handles.Add(GCHandle.Alloc(array, GCHandleType.Pinned));
        return (void*)_handles[^1].AddrOfPinnedObject();
    }

    public void Dispose() => _handles.ForEach(handle => handle.Free());
}
