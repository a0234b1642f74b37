namespace CrossStitch.Kernels.Models;

/// <summary>Where an array lies in the payload of a model file.</summary>
/// <param name="Name">What it is, for error messages.</param>
/// <param name="Offset">Its first byte, from the start of the payload.</param>
/// <param name="Length">How many floats it has.</param>
internal readonly record struct ModelArray(string Name, long Offset, int Length);
