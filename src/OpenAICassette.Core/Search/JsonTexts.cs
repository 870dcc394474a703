using System.Globalization;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Search;

/// <summary>Lists the texts of a JSON value with their places.</summary>
/// <param name="side">What the place begins with.</param>
internal sealed class JsonTexts(string side)
{
    private const int LongestWord = 256;

    /// <summary>The member that says who speaks, in every API that has messages.</summary>
    private const string RoleMember = "role";

    private readonly List<string> _path = [];
    private string? _role;

    /// <summary>Returns the texts of a value.</summary>
    public IEnumerable<RecordedText> Of(JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.String when value.Text is { } text && !IsBinary(text):
                yield return new RecordedText(Place(), text, _role);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var element in value.Elements)
                {
                    foreach (var text in Below(index++.ToString(CultureInfo.InvariantCulture), element))
                    {
                        yield return text;
                    }
                }

                break;
            case JsonValueKind.Object:
                var outer = _role;
                _role = value[RoleMember].Text ?? outer;
                foreach (var (name, member) in value.Members)
                {
                    foreach (var text in Below(JsonPointer.Part(name), member))
                    {
                        yield return text;
                    }
                }

                _role = outer;
                break;
            default:
                break;
        }
    }

    private IEnumerable<RecordedText> Below(string part, JsonValue value)
    {
        _path.Add(part);
        foreach (var text in Of(value))
        {
            yield return text;
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private string Place() => _path.Count == 0 ? side : $"{side} /{string.Join('/', _path)}";

    /// <summary>Returns whether a text is base64, which nobody searches: a picture, audio, or a vector.</summary>
    private static bool IsBinary(string text) =>
        text.Length > LongestWord
        && (
            (
                text.StartsWith("data:", StringComparison.Ordinal)
                && text.AsSpan(0, LongestWord).Contains(";base64,", StringComparison.Ordinal)
            ) || (!text.AsSpan(0, LongestWord).Contains(' ') && System.Buffers.Text.Base64.IsValid(text))
        );
}
