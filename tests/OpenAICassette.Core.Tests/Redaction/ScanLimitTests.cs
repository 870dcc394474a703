using System.IO.Compression;
using System.Text;
using OpenAICassette.Redaction;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Tests;

/// <summary>What cannot be looked through to its end is an error and never passed over in silence.</summary>
public sealed class ScanLimitTests
{
    private static readonly string s_bomb = Zipped(new string('a', 1 << 20) + " b ", times: 33);

    [Fact]
    public void A_key_behind_megabytes_of_gzip_is_found()
    {
        var key = PlantedKey.Of("openai-api-key");
        Assert.Equal("openai-api-key", Assert.Single(Find($"x {Zipped($"{new string('a', 6 << 20)} {key}")}")).Rule);
    }

    [Fact]
    public void Bombs_end_the_file_with_an_error_and_not_the_process()
    {
        var error = Assert.Throws<CassetteException>(() =>
            Find(string.Join('\n', Enumerable.Repeat($"line {s_bomb}", 50)))
        );
        Assert.Equal(CassetteError.CassetteNotSearched, error.Error);
        Assert.Contains(
            "not searched completely for secrets: the compressed content unpacks to more than ",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_could_not_be_looked_through_is_not_scrubbed()
    {
        var cassette = Open($"{PlantedKey.Of("openai-api-key")}\n{string.Join('\n', Enumerable.Repeat(s_bomb, 50))}");
        Assert.Equal(
            CassetteError.CassetteNotSearched,
            Assert.Throws<CassetteException>(() => new Redactor().Redact(cassette)).Error
        );
    }

    [Fact]
    public void What_is_zipped_and_no_text_is_no_matter_how_long()
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 80; i++)
            {
                zip.Write(block);
            }
        }

        Assert.Empty(Find($"x {Convert.ToBase64String(zipped.ToArray())}"));
    }

    [Fact]
    public void A_rule_that_takes_too_long_is_named()
    {
        var rule = new SecretRule("slow-rule", "slow")
        {
            Pattern = "[ab]*a[ab]{900}c",
            Patience = TimeSpan.FromTicks(10_000),
        };
        var text = string.Concat(Enumerable.Range(0, 4 << 20).Select(index => index * index % 7 > 3 ? 'a' : 'b'));
        var error = Assert.Throws<ScanLimitException>(() => rule.FindAll(text, []));
        Assert.Contains(
            "the rule slow-rule searched a text of 4194304 characters",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_rule_that_takes_too_long_for_a_document_is_named_with_its_file()
    {
        var rule = new SecretRule("slow-rule", "slow")
        {
            File = "rules.json",
            Pattern = "acme-[0-9]+",
            PatienceOfDocument = TimeSpan.FromTicks(-1),
        };
        var error = Assert.Throws<CassetteException>(() =>
            new Redactor(new SecretRules([rule])).Find(Open("some text to search"))
        );
        Assert.Equal(CassetteError.CassetteNotSearched, error.Error);
        Assert.Contains("the rule slow-rule of rules.json took more than", error.Message, StringComparison.Ordinal);
    }

    private static string Zipped(string text, int times = 1)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < times; i++)
            {
                zip.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return Convert.ToBase64String(zipped.ToArray());
    }

    private static Cassette Open(string text) =>
        CassetteStore.OpenText(new MemoryStream(Encoding.UTF8.GetBytes(text)), "built.txt");

    private static IReadOnlyList<Finding> Find(string text) => new Redactor().Find(Open(text));
}
