using System.Globalization;

namespace OpenAICassette.Tests;

/// <summary>Same input, same output, in every culture: Turkish has another i, German another decimal point.</summary>
public class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Every_output_is_the_same_in_every_culture(string culture) =>
        Assert.Equal(In(CultureInfo.InvariantCulture, Outputs), In(CultureInfo.GetCultureInfo(culture), Outputs));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Every_transcript_of_the_corpus_is_the_same_in_every_culture(string culture)
    {
        static IReadOnlyList<string> Transcripts() =>
            [
                .. SharedData
                    .Files.Where((_, index) => index % 4 == 0)
                    .Select(path => Rendered(CassetteStore.Open(path))),
            ];
        Assert.Equal(
            In(CultureInfo.InvariantCulture, Transcripts),
            In(CultureInfo.GetCultureInfo(culture), Transcripts)
        );
    }

    [Fact]
    public void The_cultures_of_these_tests_differ_on_this_machine()
    {
        Assert.Equal("İ", "i".ToUpper(CultureInfo.GetCultureInfo("tr-TR")));
        Assert.Equal("1,5", 1.5.ToString(CultureInfo.GetCultureInfo("de-DE")));
    }

    private static IReadOnlyList<string> Outputs()
    {
        var cassette = CassetteStore.Open(Repository.Capitals);
        var data = $"data:image/png;base64,{new string('A', 12_345)}";
        var image = BuiltCassette.Of(
            new
            {
                status = 1500,
                is_streaming = false,
                body = new { error = new { message = "no", type = "IN_ID" } },
            },
            new
            {
                messages = new[]
                {
                    new
                    {
                        role = "user",
                        content = new[] { new { type = "image_url", image_url = new { url = data } } },
                    },
                },
            }
        );
        var planted = new Redactor().Redact(
            BuiltCassette.Open(
                """{"request":{"url":"x","headers":{"AUTHORIZATION":"Bearer i"}},"response":{"body":1}}"""
            )
        );
        var error = Assert.Throws<CassetteException>(() => BuiltCassette.Open(new string(' ', 2000) + "!"));
        return
        [
            Rendered(cassette),
            Rendered(image),
            new ReplayPace { Speed = 0.75 }
                .Due(3)
                .ToString(),
            planted.Findings.Single().ToString(),
            error.Message,
        ];
    }

    private static string Rendered(Cassette cassette) =>
        string.Join(
            '\n',
            Enum.GetValues<TranscriptOutput>()
                .Select(output => TranscriptRenderer.Render(new Transcript(cassette.Conversation()), output))
        );

    private static T In<T>(CultureInfo culture, Func<T> outputs)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return outputs();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
