namespace CrossStitch;

/// <summary>Why a file could not be read or written, in words for a user.</summary>
public static class FileProblem
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int ReadOnlyDisk = 30;
    private const int WindowsDiskFull = 112;
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int WindowsSharingViolation = 32;

    /// <summary>The reason: a phrase without a full stop, and without the path, which the caller names.</summary>
    /// <param name="error">What the system said.</param>
    public static string Reason(Exception error) => error switch
    {
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "its folder does not exist",
        PathTooLongException => "the path is too long",
        UnauthorizedAccessException => "permission denied, or a folder is in its place",
        IOException { HResult: var code } when (code & 0xFFFF) is NoSpace or QuotaExceeded or WindowsDiskFull => "no space left on the disk",
        IOException { HResult: var code } when (code & 0xFFFF) == ReadOnlyDisk => "the disk is read-only",
        _ => WithoutPath(error.Message),
    };

    /// <summary>Whether a file could not be opened because another process keeps it to itself.</summary>
    /// <param name="error">What the system said.</param>
    public static bool IsInUse(IOException error) => (error.HResult & 0xFFFF) is WindowsSharingViolation or WouldBlockOnLinux or WouldBlockOnMac;

    /// <summary>The framework appends <c> : '/path'</c> to what the system says, and ends in a full stop.</summary>
    private static string WithoutPath(string message)
    {
        var line = message.Split('\n')[0].TrimEnd('\r');
        var path = line.IndexOf(" : '", StringComparison.Ordinal);
        return (path > 0 ? line[..path] : line).TrimEnd('.', ' ');
    }
}
