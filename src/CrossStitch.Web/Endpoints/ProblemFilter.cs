using CrossStitch.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrossStitch.Web.Endpoints;

/// <summary>Turns a refusal, or a fault of ours, into its answer.</summary>
/// <param name="options">The limits, for messages.</param>
/// <param name="logger">Where faults go.</param>
internal sealed partial class ProblemFilter(FacesOptions options, ILogger<ProblemFilter> logger) : IEndpointFilter
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (RequestProblem problem)
        {
            return problem.Result(http);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return RequestProblem.TooLarge(options.MostBytes).Result(http);
        }
        catch (BadHttpRequestException error)
        {
            return new RequestProblem(error.StatusCode, ProblemCode.BadRequest, "Broken request", "The request breaks the rules of HTTP: its length, its chunks, or what belongs to them.").Result(http);
        }
        catch (Exception error) when ((error is OperationCanceledException or IOException) && http.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.StatusCode(ClientClosedRequest);
        }
        catch (Exception error)
        {
            LogFault(error);
            return RequestProblem.Internal().Result(http);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A request failed.")]
    private partial void LogFault(Exception error);
}
