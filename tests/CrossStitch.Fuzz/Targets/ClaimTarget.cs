using System.Text;
using CrossStitch.Experiments.Runs;
using CrossStitch.Fuzz.Inputs;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Files that say which process is at work on a run.</summary>
/// <param name="scratch">A folder for files.</param>
internal sealed class ClaimTarget(string scratch) : FuzzTarget
{
    // Stands for this machine, whose own name is another each time it is started.
    private const string Here = "this-machine";

    private readonly byte[] _machine = Encoding.UTF8.GetBytes(ClaimOwner.New().Machine);
    private readonly string _path = Path.Combine(scratch, ClaimFile.Name);

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        yield return Claim("some-other-machine");
        yield return Claim(Here);

        static FuzzInput Claim(string machine) => new("claim", InputForm.Json, new ClaimOwner(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), "host", machine, 4711, 12).ToBytes());
    }

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        var at = input.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Here));
        File.WriteAllBytes(_path, at < 0 ? input.Bytes : [.. input.Bytes.AsSpan(0, at), .. _machine, .. input.Bytes.AsSpan(at + Here.Length)]);
        RunClaim.TryTake(scratch)?.Dispose();
        File.Delete(_path);
    }
}
