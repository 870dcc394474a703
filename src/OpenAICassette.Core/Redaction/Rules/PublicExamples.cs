using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Knows keys and tokens that are published as examples, so that everybody has them. It has the beginnings of their
/// SHA-256 hashes, so that no file of this program looks as if it had a secret.
/// </summary>
internal static class PublicExamples
{
    private static readonly HashSet<ulong> s_hashes =
    [
        // https://www.jwt.io, the tokens that it shows first.
        0x7f75367e78812551,
        0xc794fa6d20c64efb,
        // RFC 7519, section 3.1.
        0x8d4ef6536dc8895f,
        // RFC 7617, section 2, and RFC 6749, section 2.3.1.
        0xcf4d418ed3de92d7,
        0xca7459e2b26776de,
        // https://learn.microsoft.com/azure/storage/common/storage-use-azurite and …/azure/cosmos-db/emulator.
        0x0011cc25eb432071,
        0xaa6547439583c3a2,
        // https://docs.stripe.com/api, the test keys of its examples.
        0x2cafc0970149a84f,
        0x2d1f7723aabc5c7a,
        0xf2d6ca16515033e5,
        // https://github.com/firebase/firebase-android-sdk, the keys of its tests.
        0x27a9a42931dff7eb,
        0x49f777db995e8260,
        0x8731261cb72d8626,
        0x37f8f09bdf12c2f2,
        0xeb540d2b6ee2a0a4,
        0x2037abcaffb2b777,
        0x4c98242dcadc8b29,
        0xea9bb1082cf95663,
        0xa19f89ab3555eac1,
        0xdc0fcf046c61640c,
        0x6ca6473b42d9c17e,
        0x0b476bdf9acf2123,
        0x3f370c9dd8225c63,
        0xe4a5542bb7fd7b67,
    ];

    /// <summary>Returns whether a value is a published example.</summary>
    public static bool Has(string value) =>
        s_hashes.Contains(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(value))));
}
