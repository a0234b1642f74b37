namespace CrossStitch.Kernels.Convolutions;

/// <summary>64 rows of 64 bits.</summary>
internal static unsafe class BitMatrix
{
    /// <summary>Rows and columns.</summary>
    public const int Size = 64;

    /// <summary>Exchanges rows and columns in place, by exchanging ever smaller blocks (Warren, Hacker's Delight, 7-3).</summary>
    /// <param name="rows">64 rows; bit i of a row is its column i.</param>
    public static void Transpose(ulong* rows)
    {
        var mask = 0x0000_0000_FFFF_FFFFUL;
        for (var half = Size / 2; half != 0; half /= 2, mask ^= mask << half)
        {
            for (var row = 0; row < Size; row = (row + half + 1) & ~half)
            {
                var exchanged = ((rows[row] >> half) ^ rows[row + half]) & mask;
                rows[row] ^= exchanged << half;
                rows[row + half] ^= exchanged;
            }
        }
    }
}
