using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Tests;

/// <summary>What proves a key raises the confidence in its finding.</summary>
public class ConfidenceTests
{
    [Theory]
    [InlineData("npm_{crc}", SecretConfidence.High)]
    [InlineData("npm_{a:36}", SecretConfidence.Medium)]
    [InlineData("ghp_{crc}", SecretConfidence.High)]
    [InlineData("ghp_{a:36}", SecretConfidence.Medium)]
    [InlineData("github_pat_{a:22}_{a:59}", SecretConfidence.High)]
    [InlineData("{a:52}JQQJ99BA{a:12}AAABACOG{a:4}", SecretConfidence.Medium)]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMII{b:61}\n{b:64}\n-----END PRIVATE KEY-----", SecretConfidence.High)]
    [InlineData("-----BEGIN PRIVATE KEY-----\\nMII{b:61}\\n{b:64}\\n-----END PRIVATE KEY-----", SecretConfidence.High)]
    [InlineData("-----BEGIN PRIVATE KEY-----\n#{b:63}\n{b:64}\n-----END PRIVATE KEY-----", SecretConfidence.Medium)]
    [InlineData("DB_PASSWORD={p}", SecretConfidence.Medium)]
    public void A_proof_makes_a_finding_sure(string example, SecretConfidence expected)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var text = ExampleText.Write(example, seed);
            var match = Assert.Single(SecretRules.Standard.Find(text));
            Assert.Equal(expected, match.Rule.ConfidenceIn(text.Substring(match.Start, match.Length)));
        }
    }

    [SharedDataFact]
    public void Keys_of_the_public_set_have_the_checksums_of_their_issuers()
    {
        var proven = Planted()
            .Where(planted => planted.Kind is "npm" or "github_ghp" or "azure_openai_84")
            .Select(planted =>
                (
                    planted.Kind,
                    Rule: SecretRules.Standard.All.Single(rule =>
                        rule.Id
                        == (
                            planted.Kind == "npm" ? "npm-token"
                            : planted.Kind == "github_ghp" ? "github-token"
                            : "azure-openai-key"
                        )
                    ),
                    planted.Value
                )
            )
            .ToList();
        Assert.True(proven.Count >= 9);
        Assert.All(proven, key => Assert.Equal(SecretConfidence.High, key.Rule.ConfidenceIn(key.Value)));
    }

    private static IEnumerable<(string Kind, string Value)> Planted()
    {
        using var zip = new GZipStream(
            File.OpenRead(Path.Join(SharedData.Recordings, "..", "secret-eval-public.tar.gz")),
            CompressionMode.Decompress
        );
        using var tar = new TarReader(zip);
        while (tar.GetNextEntry() is { } entry)
        {
            if (!entry.Name.EndsWith("truth.jsonl", StringComparison.Ordinal))
            {
                continue;
            }

            using var lines = new StreamReader(entry.DataStream!);
            while (lines.ReadLine() is { } line)
            {
                var row = JsonDocument.Parse(line).RootElement;
                yield return (row.GetProperty("kind").GetString()!, row.GetProperty("surface").GetString()!);
            }
        }
    }
}
