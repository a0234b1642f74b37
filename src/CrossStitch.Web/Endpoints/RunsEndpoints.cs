using System.Text;
using CrossStitch.Web.Answers;
using CrossStitch.Web.Page;
using CrossStitch.Web.Problems;
using CrossStitch.Web.Runs;
using Microsoft.AspNetCore.Http;

namespace CrossStitch.Web.Endpoints;

/// <summary>Shows training runs, where the server was given some.</summary>
internal sealed class RunsEndpoints(IEnumerable<ITrainingRuns> runs)
{
    // In a sandbox, so that a report, whose texts come from files, can do nothing in the page's name.
    private const string ReportPolicy = "sandbox allow-scripts allow-popups; default-src 'none'; img-src data:; font-src data:; frame-ancestors 'self'; ";

    private readonly ITrainingRuns? _runs = runs.FirstOrDefault();

    public IResult List() => TypedResults.Json(Runs().List(), FacesJson.Default.RunsAnswer);

    public IResult One(string id) =>
        TypedResults.Json(Runs().Read(id) ?? throw RequestProblem.NotFound("There is no such run."), FacesJson.Default.RunAnswer);

    public IResult Report(HttpContext context)
    {
        var report = Runs().Report() ?? throw RequestProblem.NotFound("There is no report yet.");
        context.Response.Headers.ContentSecurityPolicy = ReportPolicy + ContentPolicy.Of(report);
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
        return TypedResults.Text(report, "text/html", Encoding.UTF8);
    }

    private ITrainingRuns Runs() => _runs ?? throw RequestProblem.NotFound("This server shows no runs: start it with --runs FOLDER.");
}
