namespace CrossStitch.Experiments.Catalogs;

/// <summary>The members of one axis of the <see cref="Catalog"/>, by name, in the order in which they were added.</summary>
/// <typeparam name="T">What they are.</typeparam>
/// <param name="what">What one is called in messages, such as "network".</param>
public sealed class CatalogMembers<T>(string what)
    where T : class, ICatalogMember
{
    private readonly List<T> _members = [];

    private string Article => "aeiou".Contains(what[0]) ? "an" : "a";

    /// <summary>All of them.</summary>
    public IReadOnlyList<T> All => _members;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => [.. _members.Select(member => member.Name)];

    /// <summary>A member.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="CrossStitchException">There is none of that name; the message lists them.</exception>
    public T this[string name] => Find(name) ?? throw new CrossStitchException(
        $"'{name}' is not {Article} {what}; there are {string.Join(", ", Names)}.{NearestName.Question(name, Names)}");

    /// <summary>Adds a member.</summary>
    /// <param name="member">The member.</param>
    /// <exception cref="CrossStitchException">There is one of that name.</exception>
    public void Add(T member)
    {
        if (Find(member.Name) is not null)
        {
            throw new CrossStitchException($"There is {Article} {what} '{member.Name}' already; give yours another name.");
        }

        _members.Add(member);
    }

    /// <summary>A member; null if there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    public T? Find(string name) => _members.FirstOrDefault(member => member.Name == name);
}
