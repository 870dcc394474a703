using System.Text.RegularExpressions;
using OpenAICassette.Facts;
using OpenAICassette.Query.Ask;
using OpenAICassette.Query.Index;

namespace OpenAICassette.Query.Tests;

/// <summary>The questions of docs/query.md, each answered by the database and by a program without one.</summary>
public sealed partial class QuestionTests(QuestionTests.Asked asked) : IClassFixture<QuestionTests.Asked>
{
    private static readonly PriceList s_prices = new([
        new("gpt-4o*", new TokenPrice(2.5m, 10, 1.25m)),
        new("gpt-4o-mini*", new TokenPrice(0.15m, 0.6m)),
    ]);

    /// <summary>Gets the headings of the questions.</summary>
    public static TheoryData<string> Questions => [.. Page.Keys];

    private static IReadOnlyDictionary<string, string> Page { get; } =
        Question()
            .Matches(File.ReadAllText(Path.Join(Repository.Root, "docs", "query.md")))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [Theory]
    [MemberData(nameof(Questions))]
    public void The_database_and_a_program_without_one_answer_alike(string question)
    {
        var expected = IndependentAnswers.Of(question, asked.Facts, asked.Conversations, s_prices).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Rows(Page[question], asked.Index));
        Assert.Equal(expected, Rows(Page[question], null));
    }

    private List<string> Rows(string sql, string? index)
    {
        using var result = QueryResult.Ask(
            new QueryOptions
            {
                Sql = sql,
                Index = index,
                Paths = asked.Corpus.Paths,
                Prices = s_prices,
                Problem = error => Assert.Fail(error.Message),
                Warning = warning => Assert.Fail(warning),
            },
            CancellationToken.None
        );
        return [.. result.Rows(CancellationToken.None).Select(IndependentAnswers.Line)];
    }

    [GeneratedRegex(@"^### (.+?)\n\n```sql\n(.+?)\n```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Question();

    /// <summary>The recordings, an index of them, and what the program without a database knows of them.</summary>
    public sealed class Asked : IDisposable
    {
        private readonly BuiltIndex _index = new();

        /// <summary>Indexes the recordings.</summary>
        public Asked()
        {
            _index.Update(Corpus.Paths, new IndexContent(Text: true, Findings: true));
            Conversations =
            [
                .. CassetteStore
                    .Load(Corpus.Paths.SelectMany(path => CassetteStore.Find(path, recurse: true)))
                    .Select(load => load.Cassette)
                    .OfType<Cassette>()
                    .SelectMany(cassette => cassette.Interactions)
                    .Select(ConversationAssembler.Assemble),
            ];
            Facts = [.. Conversations.Select(FactsRow.Of)];
        }

        internal SampleCorpus Corpus { get; } = new();

        internal string Index => _index.Folder;

        internal IReadOnlyList<Conversation> Conversations { get; }

        internal IReadOnlyList<FactsRow> Facts { get; }

        /// <inheritdoc/>
        public void Dispose()
        {
            _index.Dispose();
            Corpus.Dispose();
        }
    }
}
