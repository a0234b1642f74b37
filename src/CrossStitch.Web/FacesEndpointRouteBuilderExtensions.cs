using CrossStitch.Web.Answers;
using CrossStitch.Web.Endpoints;
using CrossStitch.Web.Page;
using CrossStitch.Web.Problems;
using CrossStitch.Web.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrossStitch.Web;

/// <summary>Mounts the endpoints and the page in an application.</summary>
public static class FacesEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Mounts the API: <c>POST /v1/analyze</c> and <c>/v1/analyze/batch</c>, <c>GET /v1/model</c>, <c>/v1/runs</c>,
    /// <c>/v1/report</c> and <c>/v1/openapi.json</c>, <c>/health/live</c> and <c>/health/ready</c>.
    /// </summary>
    /// <param name="endpoints">Where; a group mounts them below a prefix.</param>
    /// <returns>The group of all but health and OpenAPI, to which an application adds its own rules.</returns>
    /// <exception cref="ArgumentException">A limit of <see cref="FacesOptions"/> is out of its range.</exception>
    /// <exception cref="InvalidOperationException"><see cref="FacesServiceCollectionExtensions.AddCrossStitchFaces"/> was not called.</exception>
    public static RouteGroupBuilder MapCrossStitchFaces(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var options = services.GetService<FacesOptions>() ?? throw new InvalidOperationException($"Call services.{nameof(FacesServiceCollectionExtensions.AddCrossStitchFaces)}() before the application is built.");
        var group = endpoints.MapGroup("/v1").AddEndpointFilter(new SafeHeaders()).AddEndpointFilter(ActivatorUtilities.CreateInstance<ProblemFilter>(services)).AddEndpointFilter(new AccessFilter(options)).WithTags(OpenApiText.Tag);

        var analyze = services.GetRequiredService<AnalyzeEndpoints>();
        Refusals(group.MapPost("/analyze", (Delegate)analyze.One).WithName("AnalyzePhoto").Produces<PhotoAnswer>(), 400, 408, 413, 415, 422, 503)
            .WithSummary("The faces of a photo").WithDescription("Box, score, five points, pose, gender, glasses and smile of each face. Coordinates are pixels of the photo, turned as its EXIF says.");
        Refusals(group.MapPost("/analyze/batch", (Delegate)analyze.Batch).WithName("AnalyzePhotos").Produces<BatchAnswer>(200, "application/jsonl"), 400, 415)
            .WithSummary("The faces of several photos").WithDescription("A line of JSON a photo, as soon as it is read, in the order of the form. A photo that is refused has a problem instead of a result; the others go on.");
        Refusals(group.MapGet("/model", services.GetRequiredService<ModelEndpoint>().Get).WithName("GetModel").Produces<ServerAnswer>())
            .WithSummary("What the server runs and allows");

        var runs = services.GetRequiredService<RunsEndpoints>();
        Refusals(group.MapGet("/runs", runs.List).WithName("GetRuns").Produces<RunsAnswer>(), 404).WithSummary("Training runs");
        Refusals(group.MapGet("/runs/{id}", runs.One).WithName("GetRun").Produces<RunAnswer>(), 404).WithSummary("A training run with its curves");
        Refusals(group.MapGet("/report", (Delegate)runs.Report).WithName("GetReport").Produces<string>(200, "text/html"), 404).WithSummary("The report of the training runs");

        endpoints.MapOpenApi("/v1/{documentName}.json");
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(FacesHealthCheck.Name) });
        return group;
    }

    /// <summary>Mounts the page, for people, at <c>/</c>. It uses the API of <see cref="MapCrossStitchFaces"/> below the same prefix.</summary>
    /// <param name="endpoints">Where.</param>
    public static IEndpointConventionBuilder MapCrossStitchPage(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapGet("/", (HttpContext context, FacesPage page) => page.Get(context)).ExcludeFromDescription();
    }

    private static RouteHandlerBuilder Refusals(RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in (ReadOnlySpan<int>)[StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, .. statuses])
        {
            endpoint.Produces<ProblemAnswer>(status, "application/problem+json");
        }

        return endpoint;
    }
}
