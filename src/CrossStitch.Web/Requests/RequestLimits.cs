using CrossStitch.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CrossStitch.Web.Requests;

/// <summary>How large a request's body may be.</summary>
internal static class RequestLimits
{
    /// <summary>What a form adds to its files: boundaries and heads.</summary>
    public const int FormOverhead = 64 << 10;

    /// <summary>Sets the limit, and refuses a body that says that it is larger before any of it is read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="most">The most bytes.</param>
    /// <param name="shown">The most bytes of a photo, for the message.</param>
    /// <exception cref="RequestProblem">It is larger.</exception>
    public static void Apply(HttpContext context, long most, long shown)
    {
        if (context.Request.ContentLength > most)
        {
            throw RequestProblem.TooLarge(shown);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }
    }
}
