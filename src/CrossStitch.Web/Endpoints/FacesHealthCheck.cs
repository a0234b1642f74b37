using CrossStitch.Web.Analysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CrossStitch.Web.Endpoints;

/// <summary>Ready when the models are loaded, until the server begins to stop.</summary>
internal sealed class FacesHealthCheck(ServedModels models, IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <summary>The check's name and tag.</summary>
    public const string Name = "crossstitch-faces";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The server is stopping.")
        : HealthCheckResult.Healthy($"Finder {models.Ids.Finder}, reader {models.Ids.Reader}."));
}
