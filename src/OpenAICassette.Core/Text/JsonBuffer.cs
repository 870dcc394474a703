using System.Buffers;
using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>Writes JSON in memory that the thread uses again, so that many small texts do not grow a buffer each.</summary>
internal static class JsonBuffer
{
    /// <summary>A larger buffer is left to the garbage collector.</summary>
    private const int LargestReused = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    /// <summary>Makes a result of the bytes of some JSON.</summary>
    public delegate T Result<T>(ReadOnlySpan<byte> json);

    /// <summary>Writes JSON and returns what is made of its bytes.</summary>
    /// <param name="options">How to write.</param>
    /// <param name="write">Writes the JSON; it may write other JSON in the same way.</param>
    /// <param name="result">Makes the result; it must not keep the bytes.</param>
    /// <typeparam name="T">The type of the result.</typeparam>
    public static T Write<T>(JsonWriterOptions options, Action<Utf8JsonWriter> write, Result<T> result)
    {
        var buffer = t_buffer ?? new ArrayBufferWriter<byte>();
        t_buffer = null;
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        var made = result(buffer.WrittenSpan);
        if (buffer.Capacity <= LargestReused)
        {
            buffer.ResetWrittenCount();
            t_buffer = buffer;
        }

        return made;
    }
}
