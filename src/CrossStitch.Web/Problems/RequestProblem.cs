using Microsoft.AspNetCore.Http;

namespace CrossStitch.Web.Problems;

/// <summary>A request that is refused: becomes an answer in the form of RFC 9457.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">One of <see cref="ProblemCode"/>.</param>
/// <param name="title">What, in a few words.</param>
/// <param name="detail">What is wrong, and what to do.</param>
internal sealed class RequestProblem(int status, string code, string title, string detail) : Exception(detail)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>One of <see cref="ProblemCode"/>.</summary>
    public string Code { get; } = code;

    /// <summary>What, in a few words.</summary>
    public string Title { get; } = title;

    /// <summary>Seconds after which to try again; null where trying again does not help.</summary>
    public int? RetryAfter { get; init; }

    public static RequestProblem NoPhoto(string detail) => new(StatusCodes.Status400BadRequest, ProblemCode.NoPhoto, "No photo", detail);

    public static RequestProblem BadForm(string detail) => new(StatusCodes.Status400BadRequest, ProblemCode.BadForm, "Bad form", detail);

    public static RequestProblem TokenMissing() =>
        new(StatusCodes.Status401Unauthorized, ProblemCode.TokenMissing, "Token missing", "This server asks for its token: send it as 'Authorization: Bearer TOKEN'.");

    public static RequestProblem CrossSite() =>
        new(StatusCodes.Status403Forbidden, ProblemCode.CrossSite, "Cross-site request", "A page of another site may not use this server.");

    public static RequestProblem NotFound(string detail) => new(StatusCodes.Status404NotFound, ProblemCode.NotFound, "Not found", detail);

    public static RequestProblem TooSlow(TimeSpan after) =>
        new(StatusCodes.Status408RequestTimeout, ProblemCode.TooSlow, "Too slow", $"The photo's file had not arrived after {after.TotalSeconds:0.#} s: send a smaller one.");

    public static RequestProblem TooLarge(long most) =>
        new(StatusCodes.Status413PayloadTooLarge, ProblemCode.TooLarge, "Too large", $"The photo's file has more than {most:N0} bytes, which is the most that is taken: send a smaller one.");

    public static RequestProblem TooManyPixels(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, ProblemCode.TooManyPixels, "Too many pixels", detail);

    public static RequestProblem UnsupportedType(string? type) => new(
        StatusCodes.Status415UnsupportedMediaType,
        ProblemCode.UnsupportedType,
        "Unsupported type",
        $"The body is {(string.IsNullOrEmpty(type) ? "of no type" : "of another type")}: send the picture itself as image/jpeg, image/png, image/webp, image/gif, image/bmp or application/octet-stream, or a form as multipart/form-data.");

    public static RequestProblem NotAnImage(string detail) => new(StatusCodes.Status422UnprocessableEntity, ProblemCode.NotAnImage, "Not an image", detail);

    public static RequestProblem Busy(int retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, ProblemCode.Busy, "Busy", $"Too many photos are waiting: try again in {retryAfter} s.") { RetryAfter = retryAfter };

    public static RequestProblem TimedOut(TimeSpan after) =>
        new(StatusCodes.Status503ServiceUnavailable, ProblemCode.TimedOut, "Timed out", $"The photo was given up after {after.TotalSeconds:0.#} s: send a smaller one, or try again when less is going on.") { RetryAfter = 1 };

    public static RequestProblem Internal() =>
        new(StatusCodes.Status500InternalServerError, ProblemCode.Internal, "Internal error", "The server failed at this request. If it keeps a log, that says more.");

    /// <summary>What a client sees.</summary>
    public ProblemAnswer Answer() => new("about:blank", Title, Status, Message, Code);

    /// <summary>The answer to a request.</summary>
    /// <param name="context">The request.</param>
    public IResult Result(HttpContext context)
    {
        if (RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return TypedResults.Json(Answer(), Answers.FacesJson.Default.ProblemAnswer, "application/problem+json", Status);
    }
}
