using System.Text;
using static OpenAICassette.Tests.BuiltClaudeSession;

namespace OpenAICassette.Tests;

/// <summary>Secrets and names in the logs of agents, whose sessions go on afterwards.</summary>
public sealed class SessionScrubTests
{
    private const string Signature =
        "EqQBCkgIAxABGAIiQL8zaB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3kL5mN7pQ9rS1tU3vW5xY7z";

    private static readonly RedactionOptions s_alice = new() { UserHome = "/home/alice" };

    private static Cassette Open(string log) =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(log), CassetteOrigin.OfMemory("log.jsonl"));

    private static string Clean(string log, RedactionOptions? options = null) =>
        Encoding.UTF8.GetString(new Redactor(options).Redact(Open(log)).Cassette.Read().Span);

    private static string Session(string secret) =>
        new BuiltClaudeSession()
            .Line("""{"type":"summary","summary":"Keys","leafUuid":"0a1b2c3d-0000-4000-8000-0000000000a2"}""")
            .User("0a1b2c3d-0000-4000-8000-0000000000a1", "Show it")
            .Assistant(
                "0a1b2c3d-0000-4000-8000-0000000000a2",
                "msg_01ABCDEFGHJKLMNPQRSTUVWX",
                new
                {
                    type = "thinking",
                    thinking = "Hm",
                    signature = Signature,
                }
            )
            .Assistant(
                "0a1b2c3d-0000-4000-8000-0000000000a3",
                "msg_01ABCDEFGHJKLMNPQRSTUVWX",
                Call("toolu_01ABCDEFGHJKLMNPQRSTUVWX", "Bash", new { command = "env" })
            )
            .Result(
                "0a1b2c3d-0000-4000-8000-0000000000a4",
                "toolu_01ABCDEFGHJKLMNPQRSTUVWX",
                $"KEY={secret}",
                more: new { toolUseResult = new { stdout = $"KEY={secret}" } }
            )
            .ToString();

    [Fact]
    public void Ids_links_and_signatures_stay_and_a_result_that_stands_twice_is_cleaned_twice()
    {
        var secret = PlantedKey.Of("anthropic-api-key");
        var clean = Clean(Session(secret));
        Assert.DoesNotContain(secret, clean, StringComparison.Ordinal);
        Assert.Equal(Session("REDACTED_ANTHROPIC_API_KEY_1"), clean);
        Assert.DoesNotContain(new Redactor().Find(Open(Session("nothing"))), finding => finding.Rule.Length > 0);
    }

    [Fact]
    public void Both_results_of_Codex_are_cleaned_and_encrypted_thoughts_stay()
    {
        var secret = PlantedKey.Of("openai-api-key");
        var log = CodexTests
            .Session.Replace("a.txt\"", $"{secret}\"", StringComparison.Ordinal)
            .Replace("ZW5j", Signature, StringComparison.Ordinal);
        var clean = Clean(log);
        Assert.Equal(log.Replace(secret, "REDACTED_OPENAI_API_KEY_1", StringComparison.Ordinal), clean);
        Assert.Equal(3, clean.Split("REDACTED_OPENAI_API_KEY_1").Length - 1);
    }

    [Fact]
    public void A_key_in_the_place_of_an_id_is_removed()
    {
        var secret = PlantedKey.Of("github-token");
        var log = Session("x").Replace("msg_01ABCDEFGHJKLMNPQRSTUVWX", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, Clean(log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/home/alice/app", "/home/user/app")]
    [InlineData("file:///home/alice/app", "file:///home/user/app")]
    [InlineData("-home-alice-app", "-home-user-app")]
    [InlineData("C:\\Users\\Alice\\app", "C:\\Users\\user\\app")]
    [InlineData("{\"path\":\"C:\\\\Users\\\\alice\\\\app\"}", "{\"path\":\"C:\\\\Users\\\\user\\\\app\"}")]
    [InlineData("%2Fhome%2Falice%2Fapp", "%2Fhome%2Fuser%2Fapp")]
    [InlineData("-rw-r--r-- 1 alice alice 12 a.txt", "-rw-r--r-- 1 user user 12 a.txt")]
    [InlineData("alice", "user")]
    [InlineData("malice and alicebob", "malice and alicebob")]
    public void The_name_of_the_user_is_replaced_in_every_form(string text, string clean)
    {
        var log = new BuiltClaudeSession().User("u1", text).Assistant("a1", "m1", Said("Well")).ToString();
        var expected = new BuiltClaudeSession().User("u1", clean).Assistant("a1", "m1", Said("Well")).ToString();
        Assert.Equal(expected, Clean(log, s_alice));
    }

    [Fact]
    public void The_name_of_the_user_is_replaced_in_names_of_members_too()
    {
        const string log = """
            {"type":"user","uuid":"u1","sessionId":"s","message":{"role":"user","content":"Hi"}}
            {"type":"file-history-snapshot","messageId":"u1","snapshot":{"trackedFileBackups":{"/home/alice/a.txt":{"v":1}}}}

            """;
        Assert.Equal(log.Replace("alice", "user", StringComparison.Ordinal), Clean(log, s_alice));
    }

    [Theory]
    [InlineData("/home/node", "run node in /home/node/app", "run node in /home/user/app")]
    [InlineData("C:\\Users\\al.b", "C:\\Users\\al.b and C--Users-al-b-app", "C:\\Users\\user and C--Users-user-app")]
    [InlineData("/Users/bo", "bo in /Users/bo", "bo in /Users/user")]
    public void A_name_that_is_a_word_is_replaced_only_in_paths(string home, string text, string clean)
    {
        var log = new BuiltClaudeSession().User("u1", text).Assistant("a1", "m1", Said("Well")).ToString();
        var expected = new BuiltClaudeSession().User("u1", clean).Assistant("a1", "m1", Said("Well")).ToString();
        Assert.Equal(expected, Clean(log, new RedactionOptions { UserHome = home }));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/home/a*b")]
    public void What_is_not_a_home_folder_is_refused(string home) =>
        Assert.Throws<ArgumentException>(() => new Redactor(new RedactionOptions { UserHome = home }));

    [Theory]
    [MemberData(nameof(BuiltLogs.All), MemberType = typeof(BuiltLogs))]
    public void A_clean_log_is_the_same_session(string format, string log)
    {
        var secret = PlantedKey.Of("anthropic-api-key");
        var dirty = Open(
            log.Replace("Hi\"", $"{secret}\"", StringComparison.Ordinal)
                .Replace("List", secret, StringComparison.Ordinal)
                .Replace("Count", secret, StringComparison.Ordinal)
                .Replace("Start", secret, StringComparison.Ordinal)
        );
        var clean = new Redactor().Redact(dirty).Cassette;
        Assert.Equal(format, clean.Format);
        Assert.DoesNotContain(secret, Encoding.UTF8.GetString(clean.Read().Span), StringComparison.Ordinal);
        Assert.Equal(
            dirty.Interactions.Select(call => call.Extension<LoggedCall>()),
            clean.Interactions.Select(call => call.Extension<LoggedCall>())
        );
    }
}
