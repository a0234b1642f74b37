using System.CommandLine;

namespace CrossStitch.Cli.Options;

/// <summary>Which options a user gave, as opposed to those that have their default.</summary>
internal static class GivenOptions
{
    /// <summary>Whether an option was given.</summary>
    public static bool Gives(this ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };

    /// <summary>Refuses every given option but some: one without effect would be taken for one that works.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="beside">The option that the others do not go with.</param>
    /// <param name="why">Why they do not.</param>
    /// <param name="allowed">The ones that do.</param>
    /// <exception cref="CrossStitchException">Another one was given; the message names it.</exception>
    public static void RefuseOthers(this ParseResult arguments, Option beside, string why, params IEnumerable<Option> allowed)
    {
        var refused = arguments.CommandResult.Command.Options.Except([beside, .. allowed]).FirstOrDefault(arguments.Gives);
        if (refused is not null)
        {
            throw new CrossStitchException($"{refused.Name} does not go with {beside.Name}: {why}");
        }
    }
}
