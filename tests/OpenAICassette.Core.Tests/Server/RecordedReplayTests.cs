using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

public class RecordedReplayTests
{
    [Fact]
    public async Task Recording_a_replay_gives_the_same_cassette_again()
    {
        var recorded = 0;
        var failures = new List<string>();
        foreach (var original in SharedData.Files.Select(path => CassetteStore.Open(path)))
        {
            if (BaseOf(original.Interactions[0]) is { } basePath)
            {
                recorded++;
                failures.AddRange(
                    (await DifferencesAsync(original, basePath)).Select(difference => $"{original.Path}: {difference}")
                );
            }
        }

        Assert.Empty(failures);
        Assert.InRange(recorded, SharedData.Least(300), int.MaxValue);
    }

    private static async Task<List<string>> DifferencesAsync(Cassette original, string basePath)
    {
        using var folder = new TempFolder();
        await using var upstream = CassetteServer.Start([original]);
        await using var session = CassetteServer.Start(
            new List<Cassette>(),
            new CassetteServerOptions
            {
                Mode = RecordMode.NewEpisodes,
                Upstream = new Uri(upstream.Uri, basePath),
                RecordTo = folder.FullName,
                KeyNames = true,
            }
        );
        var seen = await AskAsync(session.Uri, original.Interactions[0]);
        if (folder.Files.Count != 1)
        {
            return [$"{folder.Files.Count} files: {session.Requests[0].Error}"];
        }

        var copy = CassetteStore.Open(folder[folder.Files[0]]);
        await using var replay = CassetteServer.Start([copy]);
        var differences = HealthCheck
            .CheckAlone(copy)
            .Select(finding => finding.Id)
            .Except(HealthCheck.CheckAlone(original).Select(finding => finding.Id))
            .ToList();
        if (copy.Name != original.Name)
        {
            differences.Add($"named {copy.Name}");
        }

        if (Comparable(copy) != Comparable(original))
        {
            differences.Add($"recorded as {Comparable(copy)}");
        }

        if (await AskAsync(replay.Uri, original.Interactions[0]) != seen)
        {
            differences.Add("replayed differently");
        }

        return differences;
    }

    /// <summary>
    /// The path before the endpoint, for recordings that today's recorder would make and find by HTTP on any host; null
    /// for all others.
    /// </summary>
    private static string? BaseOf(Interaction interaction)
    {
        if (!Uri.TryCreate(interaction.Url, UriKind.Absolute, out var url))
        {
            return null;
        }

        var isOfToday =
            interaction.KeyAlgorithms.Contains(KeyAlgorithm.H7)
            && interaction.Era is not ("E0-E2" or "E2" or "E3" or "E4");
        var isKnown =
            interaction.Endpoint
            is "/v1/chat/completions"
                or "/v1/completions"
                or "/v1/embeddings"
                or "/v1/models"
                or "/api/ps";
        var isSent =
            interaction.Endpoint is not ("/v1/models" or "/api/ps") || interaction.Request.Body.Json.Count == 0;
        var isVersioned = url.AbsolutePath != interaction.Endpoint || interaction.Endpoint == "/api/ps";

        // Of an answer with more in it than an error, the recorder kept the error alone, and the whole in a message.
        var isWhole =
            interaction.Response.Error is not { } error
            || error.Message.Contains(" - {'error': ", StringComparison.Ordinal);
        // A list that a test asked of another machine is shared by all tests; one of this machine is its own.
        var isOfAnyHost = interaction.Endpoint != "/v1/models" || interaction.TestId is null || url.IsLoopback;
        return
            isOfToday
            && isKnown
            && isWhole
            && isSent
            && isVersioned
            && isOfAnyHost
            && !url.Host.Contains("bedrock", StringComparison.Ordinal)
            && url.AbsolutePath.EndsWith(interaction.Endpoint!, StringComparison.Ordinal)
            ? url.AbsolutePath[..^interaction.Endpoint!.Length]
            : null;
    }

    private static async Task<(int Status, string Body)> AskAsync(Uri server, Interaction interaction)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        var isGet = interaction.Endpoint is "/v1/models" or "/api/ps";
        using var request = new HttpRequestMessage(isGet ? HttpMethod.Get : HttpMethod.Post, interaction.Endpoint);
        request.Content = isGet
            ? null
            : new StringContent(interaction.Request.Body.ToString(), Encoding.UTF8, "application/json");
        if (interaction.TestId is { } test)
        {
            request.Headers.Add(
                "X-OGX-Provider-Data",
                JsonSerializer.Serialize(new Dictionary<string, string> { ["__test_id"] = test })
            );
        }

        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The recording without host, SDK versions and what only we record.</summary>
    private static string Comparable(Cassette cassette)
    {
        var recording = JsonNode.Parse(cassette.Read().Span)!.AsObject();
        recording.Remove("openai_cassette");
        var request = recording["request"]!.AsObject();
        request.Remove("provider_metadata");
        request["url"] = new Uri(request["url"]!.GetValue<string>()).PathAndQuery;
        return recording.ToJsonString();
    }
}
