using System.Reflection;
using CrossStitch.Web.Analysis;
using CrossStitch.Web.Answers;
using CrossStitch.Web.Runs;
using Microsoft.AspNetCore.Http;

namespace CrossStitch.Web.Endpoints;

/// <summary>Says what the server runs and allows.</summary>
internal sealed class ModelEndpoint(ServedModels models, FacesOptions options, IEnumerable<ITrainingRuns> runs)
{
    private static readonly string[] Types = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"];

    private readonly ServerAnswer _answer = new(
        Version(),
        new FinderAnswer(models.Ids.Finder, models.Finder.Threshold),
        new ReaderAnswer(models.Ids.Reader, [.. models.Reader.Model.Heads.Select(head => head.Name)]),
        new LimitsAnswer(options.MostBytes, options.MostPixels, options.MostPhotos, Types),
        runs.Any());

    /// <summary>What the server runs and allows.</summary>
    public IResult Get() => TypedResults.Json(_answer, FacesJson.Default.ServerAnswer);

    private static string Version()
    {
        var version = typeof(ModelEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return version.Split('+')[0];
    }
}
