using System.Text;
using System.Text.Json.Nodes;
using OpenAICassette.Matching;
using Xunit.Abstractions;

namespace OpenAICassette.Tests.Matching;

public class CorpusMissTests(ITestOutputHelper output)
{
    private const int FilesOfEach = 12;

    [Fact]
    public void Every_recorded_request_is_matched_by_itself_also_with_its_members_in_another_order()
    {
        var matcher = Matcher();
        foreach (var entry in matcher.Entries)
        {
            var request = ApiRequest.Of(entry.Interaction) with { TestId = null };
            Assert.NotNull(matcher.Find(request));
            if (request.Body.Kind == System.Text.Json.JsonValueKind.Object)
            {
                var reversed = request with { Body = Parse(BuiltMatcher.Reversed(request.Body.ToString())) };
                Assert.NotNull(matcher.Find(reversed));
                Assert.Same(reversed.Body.Tree, reversed.Members.Value.Tree);
            }
        }
    }

    [Fact]
    public void The_first_line_of_a_miss_names_the_one_thing_that_was_changed()
    {
        var matcher = Matcher();
        var requests = matcher
            .Entries.Where(entry => entry.Operation == "chat/completions")
            .Select(entry => ApiRequest.Of(entry.Interaction))
            .ToList();
        int right = 0,
            all = 0;
        foreach (var mutation in RequestMutation.All)
        {
            var step = Math.Max(1, requests.Count / FilesOfEach);
            foreach (var request in requests.Where((_, index) => index % step == 0))
            {
                var body = JsonNode.Parse(request.Body.Utf8.Span)!.AsObject();
                if (mutation.Apply(body) is not { } expected)
                {
                    continue;
                }

                // A changed request may be what another test recorded.
                var changed = request with { Body = Parse(body.ToJsonString()), TestId = null };
                if (matcher.Find(changed) is not null)
                {
                    continue;
                }

                var report = matcher.Explain(changed);
                all++;
                var isRight = report.Reason.Contains(expected, StringComparison.Ordinal);
                right += isRight ? 1 : 0;
                if (!isRight)
                {
                    output.WriteLine($"{mutation.Name}: expected {expected}, got {report.Message}");
                }
            }
        }

        output.WriteLine($"{right} of {all}");
        Assert.True(all >= SharedData.Least(60), $"only {all} changes were tried");
        Assert.True(right >= 0.95 * all, $"{right} of {all} causes were named");
    }

    private static RequestMatcher Matcher()
    {
        var matcher = new RequestMatcher(new MatchOptions(), body => body);
        foreach (var load in CassetteStore.Load(CassetteStore.Find(SharedData.Recordings, recurse: true)))
        {
            foreach (var entry in load.Cassette?.Interactions.Select(matcher.Prepare).OfType<MatchEntry>() ?? [])
            {
                matcher.Add(entry);
            }
        }

        return matcher;
    }

    private static JsonValue Parse(string json) => JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json));
}
