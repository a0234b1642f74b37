using Microsoft.Extensions.Hosting;

namespace CrossStitch.Web.Hosting;

/// <summary>Whoever started the server stops it: signals of the process are its caller's to watch.</summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
