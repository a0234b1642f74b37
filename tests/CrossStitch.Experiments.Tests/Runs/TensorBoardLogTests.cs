using System.Buffers.Binary;
using System.Text;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Runs;

public sealed class TensorBoardLogTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_250);

    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-board-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_event_and_the_files_name_have_the_time_in_seconds_since_1970()
    {
        new TensorBoardLog(_folder, new Clock()).Append(Epoch(1));
        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.StartsWith("events.out.tfevents.1800000000.", Path.GetFileName(file), StringComparison.Ordinal);
        var events = Read(file);
        Assert.Equal(2, events.Count);
        Assert.All(events, one => Assert.Equal(1_800_000_000.25, one.Time));
        Assert.Equal("brain.Event:2", events[0].Version);
    }

    [Fact]
    public void An_epoch_shows_errors_and_accuracies_in_percent_and_nothing_that_is_always_zero()
    {
        new TensorBoardLog(_folder, new Clock()).Append(Epoch(200));
        var epoch = Read(Directory.GetFiles(_folder).Single())[1];
        Assert.Equal(200, epoch.Step);
        Assert.Equal(
            [("loss/joint", 1.5f), ("learning-rate", 0.25f), ("training/landmarks", 2), ("validation/landmarks", 3), ("score/landmark-error-percent", 5), ("score/pose-accuracy-percent", 75)],
            epoch.Scalars);

        new TensorBoardLog(_folder, new Clock()).Append(Epoch(1) with { Penalty = 0.5, ValidationLosses = null, Scores = null });
        var second = Read(Directory.GetFiles(_folder).Order(StringComparer.Ordinal).Last())[1];
        Assert.Equal(["loss/joint", "loss/penalty", "learning-rate", "training/landmarks"], second.Scalars.Select(scalar => scalar.Tag));
    }

    [Fact]
    public void A_second_start_goes_on_in_a_file_of_its_own()
    {
        var first = new TensorBoardLog(_folder, new Clock());
        first.Append(Epoch(1));
        first.Append(Epoch(2));
        new TensorBoardLog(_folder, new Clock()).Append(Epoch(3));
        var steps = Directory.GetFiles(_folder).Order(StringComparer.Ordinal).Select(file => Read(file).Skip(1).Select(one => one.Step).ToArray()).ToArray();
        Assert.Equal([[1, 2], [3]], steps);
    }

    [Fact]
    public void The_checksum_of_the_test_is_the_one_of_the_standard() =>
        Assert.Equal(0xE3069283, Crc32C("123456789"u8));

    private static EpochReport Epoch(int number) => new(
        number, 0.25, 1.5, new Dictionary<string, double> { ["landmarks"] = 2 }, 0, new Dictionary<string, double> { ["landmarks"] = 3 }, [], [], 1, 100,
        new Dictionary<string, double> { ["landmark-error"] = 0.05, ["pose-accuracy"] = 0.75 });

    /// <summary>Reads a file as TensorFlow's documentation describes it, and checks every checksum.</summary>
    private static List<Event> Read(string path)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        var events = new List<Event>();
        while (file.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            Assert.Equal(Masked(file[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
            var data = file.Slice(12, length);
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + length)..]));
            events.Add(ParseEvent(data));
            file = file[(16 + length)..];
        }

        return events;
    }

    private static Event ParseEvent(ReadOnlySpan<byte> data)
    {
        var parsed = new Event(0, 0, null, []);
        foreach (var (field, number, bytes) in Fields(data))
        {
            parsed = field switch
            {
                1 => parsed with { Time = BitConverter.UInt64BitsToDouble(number) },
                2 => parsed with { Step = (long)number },
                3 => parsed with { Version = Encoding.UTF8.GetString(bytes) },
                5 => parsed with { Scalars = [.. Fields(bytes).Select(value => ParseScalar(value.Bytes))] },
                _ => throw new InvalidDataException($"field {field}"),
            };
        }

        return parsed;
    }

    private static (string Tag, float Value) ParseScalar(byte[] data)
    {
        var fields = Fields(data);
        return (Encoding.UTF8.GetString(fields.Single(field => field.Field == 1).Bytes), BitConverter.UInt32BitsToSingle((uint)fields.Single(field => field.Field == 2).Number));
    }

    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> data)
    {
        var reader = new BinaryReader(new MemoryStream(data.ToArray()));
        var fields = new List<(int, ulong, byte[])>();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var key = reader.Read7BitEncodedInt();
            fields.Add((key & 7) switch
            {
                0 => (key >> 3, (ulong)reader.Read7BitEncodedInt64(), []),
                1 => (key >> 3, reader.ReadUInt64(), []),
                2 => (key >> 3, 0, reader.ReadBytes(reader.Read7BitEncodedInt())),
                5 => (key >> 3, reader.ReadUInt32(), []),
                _ => throw new InvalidDataException($"key {key}"),
            });
        }

        return fields;
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = Crc32C(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }

    private static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82f63b78u);
            }
        }

        return ~crc;
    }

    private sealed record Event(double Time, long Step, string? Version, IReadOnlyList<(string Tag, float Value)> Scalars);

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
