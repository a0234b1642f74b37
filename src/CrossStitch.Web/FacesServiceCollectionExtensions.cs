using CrossStitch.Web.Analysis;
using CrossStitch.Web.Endpoints;
using CrossStitch.Web.Page;
using CrossStitch.Web.Requests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CrossStitch.Web;

/// <summary>Adds what the endpoints need to an application's services.</summary>
public static class FacesServiceCollectionExtensions
{
    /// <summary>Adds the finder, the reader, and the workers that use them; they are made when they are first needed.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets limits and models; null for the defaults.</param>
    public static IServiceCollection AddCrossStitchFaces(this IServiceCollection services, Action<FacesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<FacesOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(provider =>
        {
            var value = provider.GetRequiredService<IOptions<FacesOptions>>().Value;
            value.Validate();
            return value;
        });
        services.AddMetrics();
        services.TryAddSingleton<ServedModels>();
        services.TryAddSingleton(provider =>
        {
            var value = provider.GetRequiredService<FacesOptions>();
            return new AnalysisWorkers(value.Workers, value.Waiting);
        });
        services.TryAddSingleton(provider => new HeldBytes(provider.GetRequiredService<FacesOptions>().MostBytesHeld));
        services.TryAddSingleton<FacesMetrics>();
        services.TryAddSingleton<PhotoAnalyzer>();
        services.TryAddSingleton<AnalyzeEndpoints>();
        services.TryAddSingleton<ModelEndpoint>();
        services.TryAddSingleton<RunsEndpoints>();
        services.TryAddSingleton<FacesPage>();
        services.AddHealthChecks().AddCheck<FacesHealthCheck>(FacesHealthCheck.Name, tags: [FacesHealthCheck.Name]);
        services.AddOpenApi(OpenApiText.DocumentName, OpenApiText.Configure);
        return services;
    }
}
