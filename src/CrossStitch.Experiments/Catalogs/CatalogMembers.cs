namespace CrossStitch.Experiments.Catalogs;

/// <summary>The members of one axis of the <see cref="Catalog"/>, by name, in the order in which they were added.</summary>
/// <typeparam name="T">What they are.</typeparam>
/// <param name="what">What one is called in messages, such as "network".</param>
public sealed class CatalogMembers<T>(string what)
    where T : class, ICatalogMember
{
    private readonly List<T> _members = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<T> All => _members;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => [.. _members.Select(member => member.Name)];

    /// <summary>What this program leaves out and another has: by name, a sentence that says which.</summary>
    public Dictionary<string, string> Elsewhere { get; } = [];

    private string Kind => $"{("aeiou".Contains(what[0], StringComparison.Ordinal) ? "an" : "a")} {what}";

    /// <summary>A member.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="CrossStitchException">There is none of that name; the message lists them.</exception>
    public T this[string name] => Find(name) ?? throw new CrossStitchException(Elsewhere.TryGetValue(name, out var where)
        ? $"The {what} {name} is not in this program. {where}"
        : $"'{name}' is not {Kind}; there are {string.Join(", ", Names)}.{NearestName.Question(name, Names)}");

    /// <summary>Adds a member.</summary>
    /// <param name="member">The member.</param>
    /// <exception cref="CrossStitchException">There is one of that name.</exception>
    public void Add(T member)
    {
        if (Find(member.Name) is not null)
        {
            throw new CrossStitchException($"There is {Kind} '{member.Name}' already; give yours another name.");
        }

        _members.Add(member);
    }

    /// <summary>A member; null if there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    public T? Find(string name) => _members.FirstOrDefault(member => member.Name == name);
}
