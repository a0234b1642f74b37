using CrossStitch.Engines;
using CrossStitch.Sharing;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>An engine that a recipe can ask for.</summary>
/// <param name="Name">Its name in recipes.</param>
/// <param name="Create">Prepares it for a network, with a number of threads; refuses a network that it does not know.</param>
public sealed record EngineDefinition(string Name, Func<Network, int, NetworkEngine> Create) : ICatalogMember;
