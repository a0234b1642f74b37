namespace CrossStitch.Cluster.Tests;

/// <summary>
/// A folder that the nodes of a cluster and this machine see under the same path. Either it is one folder of the local disk; or
/// each of them has mounted it for itself by way of FUSE, as a network disk is: locks reach nobody else, and what is known of
/// files is kept for three seconds.
/// </summary>
public sealed class StudyDisk : IDisposable
{
    private const string Cached = "attr_timeout=3,entry_timeout=3,negative_timeout=3";

    private readonly string _root = Directory.CreateTempSubdirectory("xs-disk-").FullName;
    private readonly bool _isMounted;

    /// <summary>Makes the folder.</summary>
    /// <param name="mounted">Whether everybody mounts it for himself.</param>
    public StudyDisk(bool mounted)
    {
        Seen = Path.Combine(_root, "seen");
        Directory.CreateDirectory(Seen);
        if (!mounted)
        {
            return;
        }

        Assert.SkipWhen(SlurmCluster.Find("bindfs") is null || !File.Exists("/dev/fuse"), "There is no bindfs: install Debian's bindfs, where there is a /dev/fuse.");
        var disk = Path.Combine(_root, "disk");
        Directory.CreateDirectory(disk);
        Hook = Path.Combine(_root, "mount.sh");
        File.WriteAllText(Hook, $"#!/bin/sh\nexec bindfs -o nonempty,{Cached} '{disk}' '{Seen}'\n");
        SlurmCluster.Start("chmod", ["+x", Hook], new Dictionary<string, string?>()).Done();
        SlurmCluster.Start(Hook, [], new Dictionary<string, string?>()).Done();
        _isMounted = true;
    }

    /// <summary>Its path.</summary>
    public string Seen { get; }

    /// <summary>What a node runs before it starts; null for nothing.</summary>
    public string? Hook { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isMounted)
        {
            SlurmCluster.Start("umount", ["--lazy", Seen], new Dictionary<string, string?>());
        }

        if (!File.Exists("/proc/self/mounts") || !File.ReadAllText("/proc/self/mounts").Contains(Seen, StringComparison.Ordinal))
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}
