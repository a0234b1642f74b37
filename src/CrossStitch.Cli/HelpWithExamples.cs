using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CrossStitch.Cli;

/// <summary>The usual help, with the command's examples after it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CommandWithExamples { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var (example, meaning) in command.Examples)
            {
                output.WriteLine($"  {example}");
                output.WriteLine($"      {meaning}");
            }

            output.WriteLine();
        }

        return code;
    }
}
