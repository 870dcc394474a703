using System.Buffers;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpenAICassette;

/// <summary>Writes JSON values as YAML in block style.</summary>
/// <remarks>
/// Every text is quoted unless no version of YAML takes it for something else, so that readers of YAML 1.1 and 1.2 read
/// the same.
/// </remarks>
internal static class YamlWriter
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly SearchValues<char> s_name = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./"
    );

    private static readonly HashSet<string> s_values = new(StringComparer.OrdinalIgnoreCase)
    {
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
        "inf",
        "nan",
    };

    /// <summary>Writes a document.</summary>
    public static byte[] Write(JsonValue json, bool isMarked)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, s_encoding) { NewLine = "\n" })
        {
            var emitter = new Emitter(text, new EmitterSettings(2, int.MaxValue, isCanonical: false, int.MaxValue));
            emitter.Emit(new StreamStart());
            emitter.Emit(new DocumentStart(null, null, isImplicit: !isMarked));
            Write(emitter, json);
            emitter.Emit(new DocumentEnd(isImplicit: true));
            emitter.Emit(new StreamEnd());
        }

        return bytes.ToArray();
    }

    private static void Write(Emitter emitter, JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object when value["!!binary"].Text is { } base64:
                var tag = new TagName("tag:yaml.org,2002:binary");
                emitter.Emit(new Scalar(default, tag, base64, ScalarStyle.Plain, false, false));
                break;
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(default, default, isImplicit: true, MappingStyle.Block));
                foreach (var member in value.Members)
                {
                    Write(emitter, member.Key);
                    Write(emitter, member.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(default, default, isImplicit: true, SequenceStyle.Block));
                foreach (var element in value.Elements)
                {
                    Write(emitter, element);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                Write(emitter, value.Text!);
                break;
            default:
                emitter.Emit(new Scalar(default, default, value.ToString(), ScalarStyle.Plain, true, false));
                break;
        }
    }

    private static void Write(Emitter emitter, string text) =>
        emitter.Emit(new Scalar(default, default, text, StyleOf(text), isPlainImplicit: true, isQuotedImplicit: true));

    private static ScalarStyle StyleOf(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            return ScalarStyle.DoubleQuoted;
        }

        // A letter first, no blank, and no word that is a value in some version.
        var isName =
            text.Length > 2
            && char.IsAsciiLetter(text[0])
            && text.AsSpan().IndexOfAnyExcept(s_name) < 0
            && !s_values.Contains(text);
        return isName ? ScalarStyle.Plain : ScalarStyle.SingleQuoted;
    }
}
