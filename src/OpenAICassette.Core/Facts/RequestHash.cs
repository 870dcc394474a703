using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Facts;

/// <summary>Tells requests apart by their target and content, not by their sender.</summary>
internal static class RequestHash
{
    /// <summary>Returns the hash of an interaction's request.</summary>
    public static UInt128 Of(Interaction interaction)
    {
        if (LoggedFacts.Of(interaction) is { } logged)
        {
            return logged.RequestHash;
        }

        if (TracedFacts.Of(interaction) is { } traced)
        {
            return traced.RequestHash;
        }

        var request = interaction.Request;
        var json = request.Body.Json.ToCompactJson();
        var text = $"{interaction.Method} {interaction.Url} {request.Provider} {request.ToolName} {json}";
        return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
