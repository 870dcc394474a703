using System.Text;

namespace OpenAICassette.Tests;

/// <summary>
/// Broken copies of a small file of every format: refused with a place, or usable, and never another exception.
/// </summary>
public class HostileFormatTests
{
    private const int Rounds = 12;

    /// <summary>The formats whose variants are JSON or traces, and bare answers.</summary>
    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>
            {
                {
                    "bare-answer",
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"H\"}}]}\n\ndata: [DONE]\n\n"
                },
                { "bare-answer", "{\"model\":\"m\",\"done\":false,\"message\":{}}\n{\"done\":true,\"message\":{}}\n" },
                { "gemini-cli-responses", BuiltLogs.GeminiResponses },
                { "vcrpy", "requests:\n- {method: POST, uri: /x, body: !!binary eA==}\nresponses:\n- {body: {}}\n" },
            };
            foreach (var variant in ExchangeFormatTests.Variants)
            {
                files.Add(ExchangeFormatTests.FormatOf(variant), ExchangeFormatTests.FileOf(variant));
            }

            foreach (var row in BuiltLogs.All)
            {
                files.Add((string)row[0]!, (string)row[1]!);
            }

            foreach (var row in BuiltTraces.All)
            {
                files.Add((string)row[0]!, (string)row[1]!);
            }

            foreach (var row in YamlFormatTests.Variants)
            {
                files.Add((string)row[0]!, (string)row[2]!);
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_broken_copy_is_refused_or_usable(string format, string text)
    {
        var file = Encoding.UTF8.GetBytes(text);
        var reader = CassetteFormats.ByName(format)!;
        Assert.Null(ErrorOf(() => Index(reader, file)));
        foreach (var (name, bytes) in Mutations.Of(file, seed: text.Length, Rounds))
        {
            AssertAllowed(name, ErrorOf(() => Index(reader, bytes)), bytes);
            AssertAllowed(name, ErrorOf(() => Use(CassetteStore.Open(bytes, CassetteOrigin.OfMemory(name)))), bytes);
        }
    }

    /// <summary>Reads bytes with the reader of a format, or with the one that is found.</summary>
    internal static void Try(string? format, byte[] bytes)
    {
        var error = format is null
            ? ErrorOf(() => Use(CassetteStore.Open(bytes, CassetteOrigin.OfMemory("any"))))
            : ErrorOf(() => Index(CassetteFormats.ByName(format)!, bytes));
        AssertAllowed(format ?? "any", error, bytes);
    }

    private static void Index(ICassetteFormat format, byte[] bytes)
    {
        var source = CassetteSource.OfMemory(bytes);
        Use(
            new Cassette(
                source,
                CassetteOrigin.OfMemory("a"),
                format.Info.Name,
                format.Index(source, default).Summaries
            )
        );
    }

    private static void Use(Cassette cassette)
    {
        foreach (var interaction in cassette.Interactions)
        {
            Assert.Equal(interaction.ChunkCount, interaction.Chunks.Count);
            _ = $"{interaction} {interaction.Request} {interaction.Response} {interaction.Request.Uri}";
            _ = ConversationAssembler.Assemble(interaction);
        }

        Assert.All(HealthCheck.CheckAlone(cassette), finding => Assert.NotEmpty(finding.ToString()));
    }

    private static Exception? ErrorOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return e;
        }
    }

    private static void AssertAllowed(string name, Exception? error, byte[] bytes)
    {
        if (error is null)
        {
            return;
        }

        Assert.True(error is CassetteException, $"{name}: {error}");
        var refused = (CassetteException)error;
        Assert.True(refused.Error != CassetteError.InternalError, $"{name}: {refused.Message}");
        if (refused.Error is CassetteError.CassetteInvalidJson or CassetteError.CassetteInvalidYaml)
        {
            Assert.True(refused.Offset is null || refused.Offset <= bytes.Length, $"{name}: {refused.Message}");
            Assert.True(
                bytes.Length == 0 || refused.Problem.Contains("at line ", StringComparison.Ordinal),
                $"{name}: {refused.Message}"
            );
        }
    }
}
