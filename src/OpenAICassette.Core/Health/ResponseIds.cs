using System.Globalization;

namespace OpenAICassette.Health;

/// <summary>The ids that the recorder makes of a recording's key: <c>rec-</c> and 12 digits, in every typed object but models.</summary>
internal static class ResponseIds
{
    /// <summary>What such an id begins with.</summary>
    public const string Prefix = "rec-";

    /// <summary>The ids of a response with their JSON pointers.</summary>
    public static IEnumerable<(string Pointer, string Id)> Of(Interaction interaction)
    {
        var body = interaction.Response.Body;
        var isList = body.Kind == System.Text.Json.JsonValueKind.Array;
        var index = 0;
        foreach (var typed in isList ? body.Elements : [body])
        {
            if (typed["__data__"]["id"].Text is { } id && id.StartsWith(Prefix, StringComparison.Ordinal))
            {
                var place = isList ? string.Create(CultureInfo.InvariantCulture, $"/{index}") : string.Empty;
                yield return ($"/response/body{place}/__data__/id", id);
            }

            index++;
        }
    }
}
