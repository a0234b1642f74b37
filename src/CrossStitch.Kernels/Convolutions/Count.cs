namespace CrossStitch.Kernels.Convolutions;

/// <summary>The numbers that kernels are made for.</summary>
internal static class Count
{
    public readonly struct One : ICount
    {
        public static int Value => 1;
    }

    public readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    public readonly struct Three : ICount
    {
        public static int Value => 3;
    }

    public readonly struct Four : ICount
    {
        public static int Value => 4;
    }

    public readonly struct Eight : ICount
    {
        public static int Value => 8;
    }
}
