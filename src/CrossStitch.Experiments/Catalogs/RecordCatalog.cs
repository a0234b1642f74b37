using System.Text.Json.Serialization.Metadata;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>The kinds of a record that recipes may hold: a data source, a stage, a loss weighting, an extension.</summary>
/// <typeparam name="T">What they derive from.</typeparam>
/// <param name="what">What one is called in messages.</param>
/// <param name="property">The JSON property that names the kind.</param>
public sealed class RecordCatalog<T>(string what, string property)
    where T : class
{
    private readonly CatalogMembers<RecordMember> _members = new(what);
    private bool _used;

    /// <summary>The names of the kinds.</summary>
    public IReadOnlyList<string> Names => _members.Names;

    /// <summary>The JSON property that names the kind.</summary>
    internal string Property => property;

    /// <summary>Adds a kind.</summary>
    /// <typeparam name="TMember">Its type; a record whose constructor and properties are its JSON.</typeparam>
    /// <param name="name">Its name in recipes.</param>
    /// <exception cref="CrossStitchException">There is one of that name, or recipes have been read or written already.</exception>
    public void Add<TMember>(string name)
        where TMember : T
    {
        if (_used)
        {
            throw new CrossStitchException($"The {what} '{name}' comes too late: add it to the catalog before the first recipe is read or written.");
        }

        _members.Add(new RecordMember(name, typeof(TMember)));
    }

    /// <summary>The name of a record's kind.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="CrossStitchException">Its kind is not in the catalog.</exception>
    public string NameOf(T record) => _members.All.FirstOrDefault(member => member.Type == record.GetType())?.Name
        ?? throw new CrossStitchException($"The catalog does not know the {what} {record.GetType().Name}: add it.");

    /// <summary>Tells the serialiser of the kinds.</summary>
    internal void Describe(JsonTypeInfo type)
    {
        _used |= type.Type == typeof(T);
        if (type.Type != typeof(T) || _members.All.Count == 0)
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = property };
        foreach (var member in _members.All)
        {
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(member.Type, member.Name));
        }
    }
}
