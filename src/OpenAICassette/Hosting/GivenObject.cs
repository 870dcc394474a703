using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenAICassette.Hosting;

/// <summary>
/// Converts PowerShell objects and hashtables back to the JSON that ConvertFrom-Json and Invoke-RestMethod made them
/// of.
/// </summary>
internal static class GivenObject
{
    private const int DeepestObject = 200;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DeepestObject + 1,
    };

    /// <summary>Returns the JSON text; null for an object that never was JSON, such as a file or a number.</summary>
    public static string? ToJson(object input)
    {
        var wrapped = input as PSObject ?? PSObject.AsPSObject(input);
        if (wrapped.BaseObject is not (PSCustomObject or IDictionary or object[]))
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            Write(writer, wrapped, 0);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        var wrapped = value as PSObject;
        var bare = wrapped?.BaseObject ?? value;
        switch (bare)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case string or char or Guid or Uri or Enum or Version:
                writer.WriteStringValue(bare.ToString());
                break;
            case DateTime time:
                writer.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(
                    time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)
                );
                break;
            case double number when !double.IsFinite(number):
                writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case IFormattable number
            and (
                byte
                or sbyte
                or short
                or ushort
                or int
                or uint
                or long
                or ulong
                or float
                or double
                or decimal
                or System.Numerics.BigInteger
            ):
                writer.WriteRawValue(
                    number.ToString(bare is double or float ? "R" : null, CultureInfo.InvariantCulture)
                );
                break;
            case var _ when depth >= DeepestObject:
                writer.WriteStringValue(bare.ToString());
                break;
            case IDictionary table:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in table)
                {
                    writer.WritePropertyName(string.Format(CultureInfo.InvariantCulture, "{0}", entry.Key));
                    Write(writer, entry.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                foreach (var property in (wrapped ?? PSObject.AsPSObject(bare)).Properties)
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
