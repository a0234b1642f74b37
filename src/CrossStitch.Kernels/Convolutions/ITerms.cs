namespace CrossStitch.Kernels.Convolutions;

/// <summary>The terms of a sum of rows, each a gradient times the row that starts at an offset.</summary>
internal interface ITerms
{
    /// <summary>A term.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="offset">Where its row starts.</param>
    /// <returns>Its gradient.</returns>
    float Term(int number, out nint offset);
}
