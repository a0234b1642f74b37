using System.CommandLine;
using CrossStitch.Benchmarks.Machines;
using CrossStitch.Faces;

namespace CrossStitch.Benchmarks.Servers;

/// <summary><c>server</c>: photos over HTTP against the same photos in a loop over the library, in alternating rounds.</summary>
internal static class ServerCommand
{
    private static readonly Option<string> Photos = new("--photos") { Description = "Folder with photos.", DefaultValueFactory = _ => Path.Combine("src", "CrossStitch.Web", "Page", "samples"), HelpName = "folder" };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds; the medians are shown.", DefaultValueFactory = _ => 5, HelpName = "n" };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds of each measurement.", DefaultValueFactory = _ => 4, HelpName = "n" };
    private static readonly Option<int> Connections = new("--connections") { Description = "Requests under way at once.", DefaultValueFactory = _ => 2 * Environment.ProcessorCount, HelpName = "n" };
    private static readonly Option<string?> Markdown = new("--markdown") { Description = "Where the result goes as Markdown, such as benchmarks/server.md. [default: the console alone]", HelpName = "file" };

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The program's arguments, of which <c>server</c> is the first.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var command = new Command("server", "Measures the HTTP server with wrk (Debian's package of that name) beside a loop over the library with the same encoded photos.");
        foreach (var option in new Option[] { Photos, Rounds, Seconds, Connections, Markdown })
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Compare(parsed, cancellation));
        return new RootCommand("CrossStitch's benchmarks.") { command }.Parse(arguments).Invoke();
    }

    private static async Task<int> Compare(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var photos = Directory.GetFiles(parsed.GetRequiredValue(Photos)).Where(IsPhoto).Order(StringComparer.Ordinal).ToList();
            if (photos.Count == 0)
            {
                throw new CrossStitchException($"{parsed.GetRequiredValue(Photos)}: no JPEG, PNG or WebP photo is in this folder.");
            }

            var seconds = TimeSpan.FromSeconds(parsed.GetValue(Seconds));
            var connections = parsed.GetValue(Connections);
            await using var server = await ServerLoad.Start(photos, connections);
            var (loops, loads) = (new List<LoopResult>(), new List<LoadResult>());
            LibraryLoop.Run(photos, TimeSpan.FromSeconds(2));
            await server.Run(TimeSpan.FromSeconds(2), cancellation);
            for (var round = 0; round < parsed.GetValue(Rounds); round++)
            {
                Console.Error.WriteLine($"round {round + 1} of {parsed.GetValue(Rounds)}");
                loops.Add(LibraryLoop.Run(photos, seconds));
                loads.Add(await server.Run(seconds, cancellation));
            }

            var overload = await server.RunOverload(2 * seconds, cancellation);
            var text = ServerText.Of(Machine.This(), photos.Count, connections, loops, loads, overload);
            Console.Write(text);
            if (parsed.GetValue(Markdown) is { } file)
            {
                File.WriteAllText(file, text);
            }

            return 0;
        }
        catch (Exception error) when (error is CrossStitchException or FaceDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static bool IsPhoto(string path) => Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG" or ".WEBP";
}
