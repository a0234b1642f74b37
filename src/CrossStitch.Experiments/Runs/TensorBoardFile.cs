using System.Globalization;
using System.Numerics;
using System.Text;
using CrossStitch.Experiments.Reports;

namespace CrossStitch.Experiments.Runs;

/// <summary>
/// A file of TensorBoard events: records of TensorFlow (length, its checksum, data, its checksum; all little-endian), each an
/// Event in the wire format of Protocol Buffers.
/// </summary>
internal sealed class TensorBoardFile
{
    // A field's tag: its number in the message's definition, times 8, plus how it is encoded.
    private const byte EventTime = (1 << 3) | 1;
    private const byte EventStep = 2 << 3;
    private const byte EventVersion = (3 << 3) | 2;
    private const byte EventSummary = (5 << 3) | 2;
    private const byte SummaryValue = (1 << 3) | 2;
    private const byte ValueTag = (1 << 3) | 2;
    private const byte ValueNumber = (2 << 3) | 5;

    /// <summary>The most characters of what a number is called.</summary>
    private const int MostTag = 200;

    private readonly string _path;

    private TensorBoardFile(string path) => _path = path;

    /// <summary>Begins a file, named for the time as readers expect, which sort by it.</summary>
    /// <param name="folder">Where; created if need be.</param>
    /// <param name="clock">Says the time.</param>
    public static TensorBoardFile Create(string folder, TimeProvider clock)
    {
        AtomicFile.CreateFolder(folder);
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds().ToString("D10", CultureInfo.InvariantCulture);
        var name = Path.Combine(folder, $"events.out.tfevents.{seconds}.crossstitch.{Environment.ProcessId}");
        var file = new TensorBoardFile(Enumerable.Range(0, int.MaxValue).Select(number => $"{name}.{number}").First(path => !Path.Exists(path)));
        var version = Record(Message(message =>
        {
            message.Write(EventTime);
            message.Write(Seconds(clock));
            WriteField(message, EventVersion, Encoding.UTF8.GetBytes("brain.Event:2"));
        }));
        AtomicFile.Write(file._path, content => content.Write(version));
        return file;
    }

    /// <summary>Adds the numbers of a step.</summary>
    /// <param name="step">Which.</param>
    /// <param name="scalars">The numbers and what they are.</param>
    /// <param name="clock">Says the time.</param>
    /// <exception cref="CrossStitchException">They cannot be written.</exception>
    public void Append(long step, IEnumerable<(string Tag, double Value)> scalars, TimeProvider clock)
    {
        var summary = Message(message =>
        {
            foreach (var (tag, value) in scalars)
            {
                WriteField(message, SummaryValue, Message(one =>
                {
                    WriteField(one, ValueTag, Encoding.UTF8.GetBytes(ShownText.Of(tag, MostTag)));
                    one.Write(ValueNumber);
                    one.Write((float)value);
                }));
            }
        });
        var record = Record(Message(message =>
        {
            message.Write(EventTime);
            message.Write(Seconds(clock));
            message.Write(EventStep);
            message.Write7BitEncodedInt64(step);
            WriteField(message, EventSummary, summary);
        }));

        // Opened for each: a run that is killed leaves whole ones, and nothing is held open.
        try
        {
            using var file = new FileStream(_path, FileMode.Append);
            file.Write(record);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{_path}: cannot be written: {FileProblem.Reason(error)}.", error);
        }
    }

    private static double Seconds(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private static void WriteField(BinaryWriter message, byte field, byte[] value)
    {
        message.Write(field);
        message.Write7BitEncodedInt(value.Length);
        message.Write(value);
    }

    private static byte[] Message(Action<BinaryWriter> write)
    {
        using var buffer = new MemoryStream();
        using var message = new BinaryWriter(buffer);
        write(message);
        return buffer.ToArray();
    }

    private static byte[] Record(byte[] data)
    {
        var length = BitConverter.GetBytes((long)data.Length);
        return [.. length, .. BitConverter.GetBytes(Checksum(length)), .. data, .. BitConverter.GetBytes(Checksum(data))];
    }

    /// <summary>CRC-32C, masked as TensorFlow masks it.</summary>
    private static uint Checksum(byte[] data)
    {
        var checksum = ~data.Aggregate(uint.MaxValue, BitOperations.Crc32C);
        return BitOperations.RotateRight(checksum, 15) + 0xa282ead8;
    }
}
