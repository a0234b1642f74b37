using Microsoft.AspNetCore.Http;

namespace CrossStitch.Web.Endpoints;

/// <summary>What every answer tells a browser: guess nothing, store nothing, frame nothing, tell no other site.</summary>
internal sealed class SafeHeaders : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Apply(context.HttpContext.Response.Headers);
        return next(context);
    }

    /// <summary>Sets the headers; an endpoint may set its own instead.</summary>
    /// <param name="headers">Of the answer.</param>
    public static void Apply(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
