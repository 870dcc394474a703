using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Redaction;

/// <summary>
/// Computes salted hashes of secrets, so that a secret is known again where its value must not be written. It is slow by
/// design: a short value must not be guessed quickly. Can be used on any thread.
/// </summary>
/// <param name="salt">The salt.</param>
internal sealed class SecretHash(byte[] salt)
{
    private const int Rounds = 20_000;
    private const int Length = 10;
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Returns the hash of a value, in hexadecimal digits.</summary>
    public string Of(string value) =>
        _known.GetOrAdd(value, secret =>
            Convert.ToHexStringLower(
                Rfc2898DeriveBytes.Pbkdf2(
                    Encoding.UTF8.GetBytes(secret),
                    salt,
                    Rounds,
                    HashAlgorithmName.SHA256,
                    Length
                )
            )
        );
}
