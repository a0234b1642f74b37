using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using CrossStitch.Web.Analysis;
using CrossStitch.Web.Answers;
using CrossStitch.Web.Problems;
using CrossStitch.Web.Requests;
using Microsoft.AspNetCore.Http;

namespace CrossStitch.Web.Endpoints;

/// <summary>Photos in, faces out.</summary>
internal sealed class AnalyzeEndpoints(PhotoAnalyzer analyzer, HeldBytes held, FacesOptions options)
{
    /// <summary>Lines that a client has not read yet may take so much; then its photos wait.</summary>
    private const int MostUnread = 4 << 20;

    /// <summary>The faces of one photo: the body, or the first file of a form.</summary>
    /// <param name="context">The request.</param>
    public async Task<IResult> One(HttpContext context)
    {
        var (request, cancellation) = (context.Request, context.RequestAborted);
        using var file = new PhotoFile(held, options.MostBytes);
        if (PhotoForm.IsOne(request))
        {
            RequestLimits.Apply(context, options.MostBytes + (long)RequestLimits.FormOverhead, options.MostBytes);
            var part = await PhotoForm.Of(request).Next(cancellation) ?? throw RequestProblem.NoPhoto("The form has no file: send the photo as a part with a file name.");
            await Receive(file, part.Content, isForm: true, cancellation);
        }
        else if (IsPicture(request.ContentType))
        {
            RequestLimits.Apply(context, options.MostBytes, options.MostBytes);
            await Receive(file, request.Body, isForm: false, cancellation);
        }
        else
        {
            throw RequestProblem.UnsupportedType(request.ContentType);
        }

        return file.Content.Count == 0
            ? throw RequestProblem.NoPhoto("The body is empty: send the photo's file as it is.")
            : TypedResults.Json(await analyzer.Analyze(file.Content, patient: false, cancellation), FacesJson.Default.PhotoAnswer);
    }

    /// <summary>The faces of all files of a form, a line each, as they are read.</summary>
    /// <param name="context">The request.</param>
    public async Task<IResult> Batch(HttpContext context)
    {
        if (!PhotoForm.IsOne(context.Request))
        {
            throw RequestProblem.UnsupportedType(context.Request.ContentType);
        }

        RequestLimits.Apply(context, (options.MostBytes + (long)RequestLimits.FormOverhead) * options.MostPhotos, options.MostBytes);
        var form = PhotoForm.Of(context.Request);
        var first = await form.Next(context.RequestAborted) ?? throw RequestProblem.NoPhoto("The form has no file: send each photo as a part with a file name.");
        return TypedResults.Stream(output => Answer(form, first, output, context.RequestAborted), "application/jsonl");
    }

    /// <summary>
    /// Reading goes on while a client does not read yet, for many send all of a body before they look at an answer.
    /// </summary>
    private async Task Answer(PhotoForm form, (string? Name, Stream Content) first, Stream output, CancellationToken cancellation)
    {
        var lines = new Pipe(new PipeOptions(pauseWriterThreshold: MostUnread, resumeWriterThreshold: MostUnread / 2, useSynchronizationContext: false));
        var sent = Send(lines.Reader, output, cancellation);
        try
        {
            (string? Name, Stream Content)? next = first;
            for (var index = 0; next is { } photo; index++)
            {
                var answer = await Answer(index, photo, cancellation);
                await Write(lines.Writer, answer, cancellation);
                (next, var problem) = await Next(form, index + 1, answer, cancellation);
                if (problem is not null)
                {
                    await Write(lines.Writer, new BatchAnswer(index + 1, null, null, problem), cancellation);
                }
            }
        }
        finally
        {
            await lines.Writer.CompleteAsync();
            await sent;
        }
    }

    private async Task<((string?, Stream)? Photo, ProblemAnswer? Problem)> Next(PhotoForm form, int index, BatchAnswer last, CancellationToken cancellation)
    {
        // The rest of a file that was too large or too slow is not worth reading.
        if (last.Problem?.Code is ProblemCode.TooLarge or ProblemCode.TooSlow or ProblemCode.BadForm)
        {
            return (null, null);
        }

        try
        {
            var next = await form.Next(cancellation);
            return next is not null && index >= options.MostPhotos
                ? (null, RequestProblem.BadForm($"The batch has more than {options.MostPhotos} photos, which is the most: send the others in another one.").Answer())
                : (next, null);
        }
        catch (RequestProblem problem)
        {
            return (null, problem.Answer());
        }
    }

    private async Task<BatchAnswer> Answer(int index, (string? Name, Stream Content) photo, CancellationToken cancellation)
    {
        using var file = new PhotoFile(held, options.MostBytes);
        try
        {
            await Receive(file, photo.Content, isForm: true, cancellation);
            return new BatchAnswer(index, photo.Name, await analyzer.Analyze(file.Content, patient: true, cancellation), null);
        }
        catch (RequestProblem problem)
        {
            return new BatchAnswer(index, photo.Name, null, problem.Answer());
        }
    }

    private async Task Receive(PhotoFile file, Stream content, bool isForm, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ReceiveTimeout);
        try
        {
            await file.Receive(content, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw RequestProblem.TooSlow(options.ReceiveTimeout);
        }
        catch (Exception error) when (isForm && (error is InvalidDataException or (IOException and not BadHttpRequestException)))
        {
            throw PhotoForm.Broken(error);
        }
    }

    private static async Task Write(PipeWriter lines, BatchAnswer answer, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(lines, answer, FacesJson.Default.BatchAnswer, cancellation);
        lines.Write("\n"u8);
        await lines.FlushAsync(cancellation);
    }

    private static async Task Send(PipeReader lines, Stream output, CancellationToken cancellation)
    {
        try
        {
            await lines.CopyToAsync(output, cancellation);
        }
        finally
        {
            await lines.CompleteAsync();
        }
    }

    private static bool IsPicture(string? type) =>
        string.IsNullOrEmpty(type)
        || type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase); // what curl --data-binary calls any file
}
