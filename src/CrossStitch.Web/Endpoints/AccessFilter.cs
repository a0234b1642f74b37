using System.Security.Cryptography;
using System.Text;
using CrossStitch.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace CrossStitch.Web.Endpoints;

/// <summary>
/// Lets only those in who may: with the token where there is one, and never another site's page, which a browser tells apart
/// by itself (<c>Sec-Fetch-Site</c>).
/// </summary>
/// <param name="options">The token.</param>
internal sealed class AccessFilter(FacesOptions options) : IEndpointFilter
{
    /// <summary>Where the page keeps the token.</summary>
    public const string Cookie = "crossstitch-token";

    private const string Scheme = "Bearer ";

    private readonly byte[]? _token = options.Token is { } token ? Hash(token) : null;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"])
        {
            throw RequestProblem.CrossSite();
        }

        // Hashes have one length, so that the time of comparing them tells nothing of the token.
        return _token is not null && !CryptographicOperations.FixedTimeEquals(Hash(Shown(request)), _token)
            ? throw RequestProblem.TokenMissing()
            : next(context);
    }

    private static string Shown(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : request.Cookies[Cookie] ?? "";

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
