using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Fuzz.Inputs;

namespace CrossStitch.Fuzz.Targets;

/// <summary>A reader with every fault that is looked for, behind a checksum. By it the program is tested itself.</summary>
internal sealed class PlantedTarget : FuzzTarget
{
    /// <summary>Its name.</summary>
    public const string Name = "planted";

    /// <summary>The keys of what is to be found.</summary>
    public static IReadOnlyList<string> Faults { get; } =
    [
        "IndexOutOfRangeException at no code of CrossStitch", "promise: two is accepted", "AggregateException of InvalidOperationException at no code of CrossStitch", "time", "time: it hangs", "memory", "crash",
    ];

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds() => [new("file", InputForm.Bytes, Sha256Seal.Of(new byte[8 + Sha256Seal.Length]))];

    /// <inheritdoc/>
    public override byte[] Reseal(FuzzInput input) => Sha256Seal.Of(input.Bytes);

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        if (input.Bytes.Length <= Sha256Seal.Length || !Sha256Seal.Of(input.Bytes).AsSpan().SequenceEqual(input.Bytes))
        {
            throw new CrossStitchException("The checksum does not match.");
        }

        switch (ZipChecksum.Of(input.Bytes) % 64)
        {
            case 1:
                _ = input.Bytes[input.Bytes.Length];
                break;
            case 2:
                BrokenPromiseException.Unless(false, "two is accepted");
                break;
            case 3:
                Parallel.For(0, 2, _ => throw new InvalidOperationException("A thread fails."));
                break;
            case 4:
                while (true)
                {
                    Thread.SpinWait(1000);
                }

            case 5:
                Thread.Sleep(Timeout.Infinite);
                break;
            case 6:
                Fill(new byte[1 << 29]);
                Fill(new byte[1 << 29]);
                break;
            case 7:
                Dive(0);
                break;
            case 8:
                Marshal.FreeHGlobal(Fill(Marshal.AllocHGlobal(1 << 30), 1 << 30));
                break;
        }
    }

    private static void Fill(Span<byte> bytes) => bytes.Fill(1);

    private static unsafe nint Fill(nint memory, int length)
    {
        Fill(new Span<byte>((void*)memory, length));
        Thread.Sleep(200);
        return memory;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static long Dive(long depth) => depth + Dive(depth + 1);
}
