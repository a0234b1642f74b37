namespace CrossStitch.Experiments.Catalogs;

/// <summary>Something that a recipe names.</summary>
public interface ICatalogMember
{
    /// <summary>Its name, in lower case with hyphens: unique among the members of its axis.</summary>
    string Name { get; }
}
