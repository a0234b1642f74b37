namespace CrossStitch.Experiments.Catalogs;

/// <summary>A kind of record that a recipe may hold, named in its JSON.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The record's type.</param>
public sealed record RecordMember(string Name, Type Type) : ICatalogMember;
