namespace CrossStitch.Experiments.Recipes;

/// <summary>Faces of an archive in the layout of MTFL.</summary>
/// <param name="Archive">Path of the zip file or folder.</param>
/// <param name="Boxes">Path of the file with detected boxes; null to derive every box from the landmarks.</param>
/// <param name="SkipInvalid">Whether faces with an error are left out rather than refused.</param>
public sealed record MtflData(string Archive, string? Boxes = null, bool SkipInvalid = false) : DataRecipe;
