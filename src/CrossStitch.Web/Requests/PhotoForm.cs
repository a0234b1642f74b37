using CrossStitch.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CrossStitch.Web.Requests;

/// <summary>A form with files, read one after the other as they arrive; what is no file is passed over.</summary>
internal sealed class PhotoForm
{
    private const int LongestBoundary = 100;
    private const string Form = "multipart/form-data";

    private readonly MultipartReader _parts;

    private PhotoForm(string boundary, Stream body) => _parts = new MultipartReader(boundary, body);

    /// <summary>Whether a request is a form.</summary>
    /// <param name="request">The request.</param>
    public static bool IsOne(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase);

    /// <summary>Begins to read a form.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="RequestProblem">It says nothing of where parts end.</exception>
    public static PhotoForm Of(HttpRequest request)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        return string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary
            ? throw RequestProblem.BadForm($"The form names no boundary of 1 to {LongestBoundary} characters.")
            : new PhotoForm(boundary, request.Body);
    }

    /// <summary>Goes on to the next file.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Its name and content; null after the last one.</returns>
    /// <exception cref="RequestProblem">The form is broken.</exception>
    public async Task<(string? Name, Stream Content)?> Next(CancellationToken cancellation)
    {
        try
        {
            while (await _parts.ReadNextSectionAsync(cancellation) is { } part)
            {
                if (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
                {
                    var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                    return (HeaderUtilities.RemoveQuotes(name).Value, part.Body);
                }
            }

            return null;
        }
        catch (Exception error) when (error is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw Broken(error);
        }
    }

    /// <summary>What to say of a form that breaks off or is none.</summary>
    /// <param name="error">What its reader says.</param>
    public static RequestProblem Broken(Exception error) => RequestProblem.BadForm($"The form is broken: {error.Message.TrimEnd('.')}.");
}
