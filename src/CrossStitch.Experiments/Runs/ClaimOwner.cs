using System.Text.Json;

namespace CrossStitch.Experiments.Runs;

/// <summary>Who is at work on a run: what a claim's file says.</summary>
/// <param name="Owner">The claim, which no other has.</param>
/// <param name="Host">The machine's name, for people.</param>
/// <param name="Machine">The machine since it was started: names such as localhost are no machine's own.</param>
/// <param name="Process">The process.</param>
/// <param name="Beat">Grows for as long as the process lives.</param>
internal sealed record ClaimOwner(Guid Owner, string Host, string Machine, int Process, long Beat)
{
    private const string LinuxBoot = "/proc/sys/kernel/random/boot_id";

    /// <summary>Whether a process of this machine wrote it, since the machine was started.</summary>
    public bool IsHere => Machine == ThisMachine();

    /// <summary>A new claim of this process.</summary>
    public static ClaimOwner New() => new(Guid.NewGuid(), Environment.MachineName, ThisMachine(), Environment.ProcessId, 0);

    /// <summary>Reads what <see cref="ToBytes"/> gave; null if it is something else, or half of it.</summary>
    /// <param name="text">The content of a claim's file.</param>
    public static ClaimOwner? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ClaimOwner>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The content of a claim's file; as the beats grow, it never gets shorter.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web), (byte)'\n'];

    private static string ThisMachine() => File.Exists(LinuxBoot) ? File.ReadAllText(LinuxBoot).Trim() : Environment.MachineName;
}
