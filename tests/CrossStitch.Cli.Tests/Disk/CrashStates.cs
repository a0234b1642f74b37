using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace CrossStitch.Cli.Tests.Disk;

/// <summary>
/// What a power cut can leave of what a process did to the disk. POSIX promises of a file only what was flushed, and of a
/// folder's entries only what was before its own flush: of the rest, any part may be there or not, in any order.
/// </summary>
/// <remarks>
/// After each call: of the entries that are not safe, all subsets where they are up to three, else none, all, each alone and
/// all but each; and with each of them, of the bytes that are not safe, none, half, all, or zeros in their place.
/// </remarks>
internal static class CrashStates
{
    private enum Unsafe
    {
        Lost,
        Torn,
        Zero,
        Whole,
    }

    /// <summary>The states, each once: after which call, and the files by their paths below the root; null is a folder.</summary>
    public static IEnumerable<(int After, IReadOnlyDictionary<string, byte[]?> Files)> Of(IReadOnlyList<DiskOperation> operations, string root)
    {
        var disk = new Disk();
        var seen = new HashSet<string>();
        var known = new ConditionalWeakTable<byte[], string>();
        for (var after = 0; after <= operations.Count; after++)
        {
            if (after > 0)
            {
                disk.Do(operations[after - 1]);
            }

            foreach (var state in disk.States(root).Where(state => seen.Add(Key(state, known))))
            {
                yield return (after, state);
            }
        }
    }

    /// <summary>Tells states apart; most files of one are the very arrays of the one before.</summary>
    private static string Key(IReadOnlyDictionary<string, byte[]?> state, ConditionalWeakTable<byte[], string> known) =>
        string.Join('\n', state.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => $"{file.Key} {(file.Value is { } bytes ? known.GetValue(bytes, all => Convert.ToHexString(SHA256.HashData(all))) : "")}"));

    /// <summary>A file or a folder, whatever it is called.</summary>
    private sealed class Node(bool isFolder)
    {
        private byte[] _safe = [];
        private byte[] _now = [];

        public bool IsFolder => isFolder;

        public void Write(long offset, byte[] bytes)
        {
            // Never in place: states share the arrays.
            var now = new byte[Math.Max(_now.Length, offset + bytes.Length)];
            _now.CopyTo(now, 0);
            bytes.CopyTo(now, offset);
            _now = now;
        }

        public void Truncate(long length)
        {
            var now = new byte[length];
            _now.AsSpan(0, (int)Math.Min(length, _now.Length)).CopyTo(now);
            _now = now;
        }

        public void Flush() => _safe = _now;

        public byte[]? After(Unsafe fate) => isFolder ? null
            : ReferenceEquals(_safe, _now) || fate == Unsafe.Whole ? _now
            : fate == Unsafe.Lost ? _safe
            : fate == Unsafe.Torn ? [.. _now.Take((_now.Length + _safe.Length) / 2)]
            : [.. _safe.Take(_now.Length), .. new byte[Math.Max(0, _now.Length - _safe.Length)]];
    }

    /// <summary>A change of folders' entries, done whole or not at all: the names that are given, or taken away.</summary>
    private sealed record Change(IReadOnlyList<(string Path, Node? Node)> Names)
    {
        public bool IsSafe { get; set; }

        public bool IsIn(string folder) => Names.Any(name => Path.GetDirectoryName(name.Path) == folder);
    }

    private sealed class Disk
    {
        private readonly Dictionary<string, Node> _names = [];
        private readonly List<Change> _changes = [];

        public void Do(DiskOperation operation)
        {
            var node = _names.GetValueOrDefault(operation.Path);
            switch (operation.Name)
            {
                case "create" or "mkdir":
                    Set((operation.Path, new Node(operation.Name == "mkdir")));
                    break;
                case "write":
                    node?.Write(operation.Offset, operation.Bytes);
                    break;
                case "truncate":
                    node?.Truncate(operation.Offset);
                    break;
                case "fsync":
                    node?.Flush();
                    foreach (var change in _changes.Where(change => change.IsIn(operation.Path)))
                    {
                        change.IsSafe = true;
                    }

                    break;
                case "rename":
                    Set((operation.Path, null), (operation.Target, node));
                    break;
                case "unlink" or "rmdir":
                    Set((operation.Path, null));
                    break;
                default:
                    Assert.Fail($"{operation.Name} is not followed");
                    break;
            }
        }

        public IEnumerable<IReadOnlyDictionary<string, byte[]?>> States(string root)
        {
            var open = _changes.Where(change => !change.IsSafe).ToList();
            foreach (var lost in Subsets(open))
            {
                var names = new Dictionary<string, Node?>();
                foreach (var name in _changes.Where(change => !lost.Contains(change)).SelectMany(change => change.Names))
                {
                    names[name.Path] = name.Node;
                }

                foreach (var fate in Enum.GetValues<Unsafe>())
                {
                    yield return names.Where(name => name.Value is not null && IsReached(name.Key, root, names))
                        .ToDictionary(name => Path.GetRelativePath(root, name.Key), name => name.Value!.After(fate));
                }
            }
        }

        private void Set(params IReadOnlyList<(string Path, Node? Node)> names)
        {
            foreach (var (path, node) in names)
            {
                if (node is null)
                {
                    _names.Remove(path);
                }
                else
                {
                    _names[path] = node;
                }
            }

            _changes.Add(new Change(names));
        }

        // A file whose folder is lost is lost with it.
        private static bool IsReached(string path, string root, Dictionary<string, Node?> names) =>
            Path.GetDirectoryName(path) is { } folder && (folder == root || (names.GetValueOrDefault(folder) is { IsFolder: true } && IsReached(folder, root, names)));

        private static IEnumerable<HashSet<Change>> Subsets(List<Change> open) => open.Count <= 3
            ? Enumerable.Range(0, 1 << open.Count).Select(bits => open.Where((_, i) => (bits & (1 << i)) != 0).ToHashSet())
            : [[], [.. open], .. open.Select(change => new HashSet<Change> { change }), .. open.Select(change => open.Where(other => other != change).ToHashSet())];
    }
}
