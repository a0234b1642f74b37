// MSBuild compiles this file when a build needs it (see CrossStitch.Torch.targets), and the tests of CrossStitch.Torch compile
// the same file. An inline task is one file against .NET Standard 2.0: hence several types here, and no newer API.
#nullable enable
#pragma warning disable IDE0005 // The tests have these usings implicitly.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

namespace CrossStitch.Build;

/// <summary>Writes a copy of a native library that asks for no newer libstdc++ than there is.</summary>
public sealed class FitLibraryToGlibcxx : Microsoft.Build.Utilities.Task
{
    /// <summary>The library as its package has it; only read.</summary>
    [Required]
    public ITaskItem Library { get; set; } = null!;

    /// <summary>Where the fitted copy goes, if one is needed.</summary>
    [Required]
    public string FittedPath { get; set; } = "";

    /// <summary>A version such as <c>3.4.30</c> to fit the library to, or empty for the system that builds.</summary>
    public string GlibcxxVersion { get; set; } = "";

    /// <summary>The fitted copy with the metadata of <see cref="Library"/>; null where the library fits as it is.</summary>
    [Output]
    public ITaskItem? Fitted { get; private set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            var glibcxx = GlibcxxVersion.Length == 0 ? Glibcxx.OfThisProcess() : Glibcxx.UpTo(GlibcxxVersion);
            if (GlibcxxPatch.Write(Library.ItemSpec, FittedPath, glibcxx))
            {
                Fitted = new Microsoft.Build.Utilities.TaskItem(FittedPath);
                Library.CopyMetadataTo(Fitted);
                Log.LogMessage(MessageImportance.Normal, "Fitted {0} to {1}.", Library.ItemSpec, glibcxx.Description);
            }
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            Log.LogError(null, "CSNATIVE001", null, Library.ItemSpec, 0, 0, 0, 0, "{0}", e.Message);
        }

        return !Log.HasLoggedErrors;
    }
}

/// <summary>Which symbol versions a libstdc++ offers.</summary>
internal sealed class Glibcxx
{
    internal const string Prefix = "GLIBCXX_";

    private readonly Func<string, bool> _has;

    private Glibcxx(string description, Func<string, bool> has) => (Description, _has) = (description, has);

    /// <summary>The library in words, for messages.</summary>
    internal string Description { get; }

    internal bool Has(string version) => _has(version);

    /// <summary>The libstdc++ that the loader gives to .NET on this machine: the one that this very process has loaded.</summary>
    internal static Glibcxx OfThisProcess()
    {
        var path = File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/') is var start and >= 0 ? line.Substring(start) : "")
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith("libstdc++.so.6", StringComparison.Ordinal));
        return path is null
            ? throw new NotSupportedException(
                "This .NET has no libstdc++.so.6 loaded, so its version cannot be told. Set the MSBuild property "
                + "CrossStitchGlibcxx to the version of the system that runs the program (such as 3.4.30), or to off.")
            : Of(path);
    }

    /// <summary>The libstdc++ in a file.</summary>
    internal static Glibcxx Of(string path)
    {
        var versions = new HashSet<string>(ElfLibrary.Read(path).DefinedVersions());
        var newest = versions.Where(IsRelease).OrderBy(Number).LastOrDefault() ?? "none";
        return new Glibcxx($"{path} (newest version: {newest})", versions.Contains);
    }

    /// <summary>Any libstdc++ that ends at a version, such as <c>3.4.30</c>.</summary>
    internal static Glibcxx UpTo(string version) => Version.TryParse(version, out var newest)
        ? new Glibcxx($"a libstdc++ that ends at {Prefix}{version}", name => !IsRelease(name) || Number(name) <= newest)
        : throw new NotSupportedException($"CrossStitchGlibcxx is '{version}', but must be auto, off or a version such as 3.4.30.");

    internal static bool IsRelease(string version) =>
        version.StartsWith(Prefix, StringComparison.Ordinal) && Version.TryParse(version.Replace(Prefix, ""), out _);

    internal static Version Number(string version) => Version.Parse(version.Replace(Prefix, ""));
}

/// <summary>Makes a library ask for the older of two symbols that do the same.</summary>
internal static class GlibcxxPatch
{
    private const string Provider = "libstdc++.so.6";

    /// <summary>What may stand in for what, and why that is sound.</summary>
    private static readonly (string Symbol, string Replacement, string Version)[] StandIns =
    [
        // Since GCC 13 a program that includes <iostream> names this symbol so that it only starts with a libstdc++ that
        // initialises the standard streams itself; nothing calls it. The constructor of ios_base::Init is how programs of
        // earlier compilers did it (libtorch_cpu.so, which is always loaded too, is one), and touches nothing of its object.
        ("_ZSt21ios_base_library_initv", "_ZNSt8ios_base4InitC1Ev", "GLIBCXX_3.4"),

        // condition_variable::wait. GCC 12 gave it a new version when it stopped being noexcept; the old one stayed beside it.
        ("_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE",
            "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", "GLIBCXX_3.4.11"),
    ];

    /// <summary>Writes the fitted copy of <paramref name="source"/>, unless it fits as it is: then nothing is written.</summary>
    /// <returns>Whether a fitted copy lies at <paramref name="destination"/>.</returns>
    internal static bool Write(string source, string destination, Glibcxx glibcxx)
    {
        var library = ElfLibrary.Read(source);
        if (!Apply(library, glibcxx))
        {
            return false;
        }

        // An unchanged file keeps its time, so that an incremental build has nothing to copy.
        if (!IsRegularFileWith(destination, library.Bytes))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
            Replace(destination, library.Bytes);
        }

        return true;
    }

    /// <summary>Changes <paramref name="library"/> in memory.</summary>
    /// <returns>Whether anything had to change.</returns>
    internal static bool Apply(ElfLibrary library, Glibcxx glibcxx)
    {
        var needs = library.NeededVersions().Where(need => need.Provider == Provider).ToList();
        var missing = needs.Where(need => !glibcxx.Has(need.Name)).ToList();
        foreach (var need in missing)
        {
            foreach (var symbol in library.Symbols().Where(symbol => symbol.IsUndefined && symbol.Version == need.Index))
            {
                var standIn = StandIns.FirstOrDefault(known => known.Symbol == symbol.Name);
                var older = needs.FirstOrDefault(other => other.Name == standIn.Version && glibcxx.Has(other.Name));
                if (standIn.Symbol is null || older.Name is null)
                {
                    throw new NotSupportedException(
                        $"{Path.GetFileName(library.Path)} needs {symbol.Name} of {need.Name}, but it has to run with "
                        + $"{glibcxx.Description}. TorchSharp needs a system with glibc 2.34 and the libstdc++ of GCC 11 "
                        + "(GLIBCXX_3.4.29) or newer: RHEL 9, Ubuntu 22.04, Debian 12 or later. Use such a system or container. "
                        + "To build here for another system, set the MSBuild property CrossStitchGlibcxx to the version it has, or to off.");
                }

                library.Redirect(symbol, standIn.Replacement, older);
            }

            // No symbol uses the version any more, but the loader still asks for every version in the list.
            var newest = needs.Where(other => Glibcxx.IsRelease(other.Name) && glibcxx.Has(other.Name))
                .OrderBy(other => Glibcxx.Number(other.Name)).Last();
            library.Rename(need, newest);
        }

        return missing.Count > 0;
    }

    private static bool IsRegularFileWith(string path, byte[] bytes) =>
        File.Exists(path)
        && (File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0
        && File.ReadAllBytes(path).SequenceEqual(bytes);

    // Renaming over a link replaces the link; writing to it would change the file behind it.
    private static void Replace(string path, byte[] bytes)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            if (IsThere(path))
            {
                File.Replace(temporary, path, null);
            }
            else
            {
                // A link that leads nowhere would stop the move.
                File.Delete(path);
                File.Move(temporary, path);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // File.Exists is true for a link that leads nowhere.
    private static bool IsThere(string path)
    {
        try
        {
            using (File.OpenRead(path))
            {
                return true;
            }
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}

/// <summary>The parts of a 64-bit little-endian ELF library that say what it takes from others (System V ABI; LSB for versions).</summary>
internal sealed class ElfLibrary
{
    private readonly List<Section> _sections = [];

    private ElfLibrary(string path, byte[] bytes) => (Path, Bytes) = (path, bytes);

    internal string Path { get; }

    internal byte[] Bytes { get; }

    /// <summary>Reads a library's headers.</summary>
    /// <exception cref="InvalidDataException">The file is no such library, or is cut off.</exception>
    internal static ElfLibrary Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        byte[] magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (!bytes.Take(magic.Length).SequenceEqual(magic))
        {
            throw new InvalidDataException($"{path} is not a 64-bit little-endian ELF library. Restore its package again.");
        }

        var library = new ElfLibrary(path, bytes);
        var (headers, headerSize, count) = (library.Long(40), library.Half(58), library.Half(60));
        for (var i = 0; i < count; i++)
        {
            var at = headers + i * headerSize;
            library._sections.Add(new Section(
                library.Word(at + 4), library.Long(at + 24), library.Long(at + 32), library.Word(at + 40), library.Word(at + 44)));
        }

        return library;
    }

    /// <summary>The versions that the library defines for others (.gnu.version_d).</summary>
    internal IEnumerable<string> DefinedVersions()
    {
        var section = Find(SectionType.VersionDefinitions);
        foreach (var at in Chain(section.Offset, section.Info, next: 16))
        {
            yield return Text(section, Word(at + Word(at + 12)));
        }
    }

    /// <summary>The versions that the library asks of others (.gnu.version_r).</summary>
    internal IEnumerable<NeededVersion> NeededVersions()
    {
        var section = Find(SectionType.VersionNeeds);
        foreach (var at in Chain(section.Offset, section.Info, next: 12))
        {
            var provider = Text(section, Word(at + 4));
            foreach (var entry in Chain(at + Word(at + 8), Half(at + 2), next: 12))
            {
                yield return new NeededVersion(provider, Text(section, Word(entry + 8)), Half(entry + 6), entry);
            }
        }
    }

    /// <summary>The symbols that the loader sees (.dynsym), with their versions (.gnu.version).</summary>
    internal IEnumerable<Symbol> Symbols()
    {
        var section = Find(SectionType.DynamicSymbols);
        var versions = Find(SectionType.SymbolVersions);
        for (var i = 0; i < section.Size / 24; i++)
        {
            var (at, version) = (section.Offset + 24 * i, versions.Offset + 2 * i);
            yield return new Symbol(Text(section, Word(at)), Half(at + 6) == 0, Half(version) & 0x7fff, at, version);
        }
    }

    /// <summary>Makes an undefined symbol stand for another name in another needed version.</summary>
    internal void Redirect(Symbol symbol, string name, NeededVersion version)
    {
        if (name != symbol.Name)
        {
            // The string table cannot grow; the old name's place is free once no one else points into it.
            var start = Word(symbol.At);
            if (name.Length > symbol.Name.Length || StringReferences().Count(at => at >= start && at < start + symbol.Name.Length) != 1)
            {
                throw new NotSupportedException($"{Path}: there is no room to rename {symbol.Name} to {name}.");
            }

            var strings = _sections[(int)Find(SectionType.DynamicSymbols).Link];
            Put(strings.Offset + start, Encoding.ASCII.GetBytes(name.PadRight(symbol.Name.Length, '\0')));
        }

        Put(symbol.VersionAt, BitConverter.GetBytes((ushort)version.Index));
    }

    /// <summary>Gives one needed version the name and the hash of another.</summary>
    internal void Rename(NeededVersion version, NeededVersion name)
    {
        Put(version.At, BitConverter.GetBytes((uint)Word(name.At)));
        Put(version.At + 8, BitConverter.GetBytes((uint)Word(name.At + 8)));
    }

    // Each entry says how far the next one is; zero ends the list whatever its count says, so that a damaged one ends too.
    private IEnumerable<long> Chain(long first, long count, int next)
    {
        var (at, step) = (first, 1L);
        for (var i = 0L; i < count && step > 0; i++, at += step)
        {
            yield return at;
            step = Word(at + next);
        }
    }

    private IEnumerable<long> StringReferences()
    {
        foreach (var symbol in Symbols())
        {
            yield return Word(symbol.At);
        }

        foreach (var version in NeededVersions())
        {
            yield return Word(version.At + 8);
        }

        // NEEDED, SONAME, RPATH and RUNPATH hold strings; the files of .gnu.version_r are among the NEEDED ones.
        var dynamic = Find(SectionType.Dynamic);
        for (var at = dynamic.Offset; at < dynamic.Offset + dynamic.Size; at += 16)
        {
            if (Long(at) is 1 or 14 or 15 or 29)
            {
                yield return Long(at + 8);
            }
        }
    }

    private Section Find(SectionType type) => _sections.Exists(section => section.Type == (uint)type)
        ? _sections.Find(section => section.Type == (uint)type)
        : throw new InvalidDataException($"{Path} lacks a section ({type}) that every library of its kind has. Restore its package again.");

    private string Text(Section user, long offset)
    {
        var strings = user.Link < _sections.Count ? _sections[(int)user.Link] : throw CutOff();
        var start = Check(strings.Offset + offset, 1);
        var end = Array.IndexOf(Bytes, (byte)0, start);
        return end < 0 ? throw CutOff() : Encoding.ASCII.GetString(Bytes, start, end - start);
    }

    private int Half(long at) => BitConverter.ToUInt16(Bytes, Check(at, 2));

    private long Word(long at) => BitConverter.ToUInt32(Bytes, Check(at, 4));

    private long Long(long at) => BitConverter.ToInt64(Bytes, Check(at, 8));

    private void Put(long at, byte[] value) => value.CopyTo(Bytes, Check(at, value.Length));

    private int Check(long at, int size) => at >= 0 && at <= Bytes.Length - size ? (int)at : throw CutOff();

    private InvalidDataException CutOff() => new($"{Path} is cut off or damaged. Restore its package again.");

    private enum SectionType : uint
    {
        Dynamic = 6,
        DynamicSymbols = 11,
        VersionDefinitions = 0x6ffffffd,
        VersionNeeds = 0x6ffffffe,
        SymbolVersions = 0x6fffffff,
    }

    private record struct Section(long Type, long Offset, long Size, long Link, long Info);

    /// <summary>A symbol of .dynsym, and where its entry and its version lie in the file.</summary>
    internal record struct Symbol(string Name, bool IsUndefined, int Version, long At, long VersionAt);

    /// <summary>A version asked of another library, and where its entry lies in the file.</summary>
    internal record struct NeededVersion(string Provider, string Name, int Index, long At);
}
