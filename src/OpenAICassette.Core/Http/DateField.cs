using System.Globalization;
using System.Text;

namespace OpenAICassette.Http;

/// <summary>Represents the line of the Date field (RFC 9110, section 6.6.1) for one second.</summary>
/// <param name="now">The time.</param>
internal sealed class DateField(DateTimeOffset now)
{
    /// <summary>The field's name.</summary>
    public const string Name = "Date";

    /// <summary>Gets the line with its line end.</summary>
    public ReadOnlyMemory<byte> Line { get; } =
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Name}: {now.UtcDateTime:R}\r\n"));

    /// <summary>Returns whether the line is correct for a time.</summary>
    public bool IsOf(DateTimeOffset time) => time.ToUnixTimeSeconds() == now.ToUnixTimeSeconds();
}
