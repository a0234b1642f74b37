using System.Text.Json;
using System.Text.Json.Nodes;
using CrossStitch.Web.Answers;
using CrossStitch.Web.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossStitch.Web.Endpoints;

/// <summary>What the OpenAPI document says beyond types: what it is, what a body holds, and examples.</summary>
internal static class OpenApiText
{
    /// <summary>The document's name, and so its file's.</summary>
    public const string DocumentName = "openapi";

    /// <summary>What the endpoints are tagged with, by which the document knows them.</summary>
    public const string Tag = "Faces";

    private static readonly string[] PictureTypes = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "application/octet-stream"];

    /// <summary>Sets the document up.</summary>
    /// <param name="options">Of the document.</param>
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>().Any(tags => tags.Tags.Contains(Tag));
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "CrossStitch faces", Version = "1", Description = "Finds the faces of photos: box, five points, pose, gender, glasses and smile. Nothing is stored." };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Needed where the server was started with a token." },
            };
            document.Security = [new OpenApiSecurityRequirement(), new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            switch (operation.OperationId)
            {
                case "AnalyzePhoto":
                    operation.RequestBody = Body("The picture's file as it is, or a form with it.", isBatch: false);
                    Example(operation, "200", "application/json", Photo(), FacesJson.Default.PhotoAnswer);
                    Example(operation, "503", "application/problem+json", RequestProblem.Busy(1).Answer(), FacesJson.Default.ProblemAnswer);
                    break;
                case "AnalyzePhotos":
                    operation.RequestBody = Body("A form with a file a photo.", isBatch: true);
                    Example(operation, "200", "application/jsonl", new BatchAnswer(0, "party.jpg", Photo(), null), FacesJson.Default.BatchAnswer);
                    break;
                default:
                    break;
            }

            return Task.CompletedTask;
        });
    }

    private static OpenApiRequestBody Body(string description, bool isBatch)
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        var content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        [isBatch ? "photos" : "photo"] = isBatch ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = file } : file,
                    },
                },
            },
        };
        foreach (var type in isBatch ? [] : PictureTypes)
        {
            content[type] = new OpenApiMediaType { Schema = file };
        }

        return new OpenApiRequestBody { Description = description, Required = true, Content = content };
    }

    private static void Example<T>(OpenApiOperation operation, string status, string type, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> info)
    {
        if (operation.Responses?.TryGetValue(status, out var response) == true && response.Content?.TryGetValue(type, out var content) == true)
        {
            content.Example = JsonNode.Parse(JsonSerializer.Serialize(value, info));
        }
    }

    private static PhotoAnswer Photo() => new(
        640,
        480,
        [
            new FaceAnswer(
                new BoxAnswer(212.5f, 96, 118),
                0.98f,
                new LandmarksAnswer([247, 141.5f], [296.5f, 140], [272, 170], [252, 189.5f], [293, 188]),
                new PredictionAnswer<string>("frontal", 0.97f, new Dictionary<string, float> { ["left-profile"] = 0, ["left"] = 0.02f, ["frontal"] = 0.97f, ["right"] = 0.01f, ["right-profile"] = 0 }),
                new PredictionAnswer<string>("female", 0.91f, new Dictionary<string, float> { ["male"] = 0.09f, ["female"] = 0.91f }),
                new PredictionAnswer<bool>(false, 0.99f, new Dictionary<string, float> { ["no"] = 0.99f, ["yes"] = 0.01f }),
                new PredictionAnswer<bool>(true, 0.84f, new Dictionary<string, float> { ["no"] = 0.16f, ["yes"] = 0.84f })),
        ],
        new ModelIds("0123456789ab", "ba9876543210"),
        new TimingsAnswer(0.05, 4.2, 9.8, 0.21, 14.3));
}
