using System.CommandLine;
using OpenAICassette.Facts;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary><c>cassette transcript</c>: shows the conversations of cassettes.</summary>
internal static class TranscriptCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var form = CliCommand.OneOf("--as", "How to write the transcripts.", TranscriptOutput.Text);
        var merge = new Option<bool>("--merge")
        {
            Description = "Merge calls that continue each other into one conversation.",
        };
        var folder = new Option<string?>("--out")
        {
            Description = "Write a page for each cassette and an index to this folder, as html or markdown.",
            HelpName = "DIR",
        };
        var price = new Option<string?>("--price")
        {
            Description = "A JSON file with the prices of models, for the cost of calls in html and markdown.",
            HelpName = "FILE",
        };
        var command = new Command("transcript", "Show recorded conversations.") { form, merge, folder, price };
        input.AddTo(command);
        command.Validators.Add(result =>
        {
            if (
                result.GetValue(folder) is not null
                && (
                    result.GetValue(merge)
                    || result.GetValue(form) is not (TranscriptOutput.Html or TranscriptOutput.Markdown)
                )
            )
            {
                result.AddError("--out requires --as html or --as markdown, and cannot be used with --merge");
            }
        });
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var rendering = parsed.GetValue(form);
                var inputs = input.Of(parsed);
                var prices = parsed.GetValue(price) is { } file ? PriceList.Read(file) : null;
                var options = new PageOptions { Price = prices is null ? null : prices.Find };
                if (parsed.GetValue(folder) is { } site)
                {
                    var pages = rendering == TranscriptOutput.Html ? SiteOutput.Html : SiteOutput.Markdown;
                    Export(inputs, new TranscriptSite(site, pages), (pages, options), output, cancellation);
                }
                else if (parsed.GetValue(merge))
                {
                    var loaded = CassetteInput
                        .Load(inputs, (cassette, _) => Conversations(cassette), output, cancellation, keepsViews: true)
                        .ToList();
                    var files = loaded
                        .DistinctBy(load => load.Cassette)
                        .ToDictionary(load => load.Cassette, load => load.Path);
                    var merged = TranscriptList.Merge(loaded.SelectMany(load => load.Result));
                    string PathOf(Interaction interaction) => files[interaction.Cassette];
                    Write(
                        output,
                        rendering,
                        options,
                        merged.Select(transcript =>
                            (transcript.Name, transcript, Render(transcript, rendering, options, PathOf))
                        )
                    );
                }
                else
                {
                    var loaded = CassetteInput.Load(
                        inputs,
                        (cassette, path) => Transcripts(cassette, rendering, options, path),
                        output,
                        cancellation,
                        keepsViews: rendering == TranscriptOutput.Html
                    );
                    Write(
                        output,
                        rendering,
                        options,
                        loaded.SelectMany(load => load.Result.Select(made => (load.Path, made.Transcript, made.Text)))
                    );
                }

                return Task.FromResult(output.Code);
            }
        );
    }

    private static bool IsScreen(TranscriptOutput rendering) =>
        rendering == TranscriptOutput.Text && !Console.IsOutputRedirected;

    private static Conversation[] Conversations(Cassette cassette) =>
        [.. cassette.Interactions.Select(ConversationAssembler.Assemble)];

    private static (Transcript Transcript, string Text)[] Transcripts(
        Cassette cassette,
        TranscriptOutput rendering,
        PageOptions options,
        string path
    ) =>
        [
            .. TranscriptList
                .Of(cassette)
                .Select(transcript => (transcript, Render(transcript, rendering, options, _ => path))),
        ];

    /// <summary>Returns the text of the transcript; a page with all transcripts is written at the end.</summary>
    private static string Render(
        Transcript transcript,
        TranscriptOutput rendering,
        PageOptions options,
        Func<Interaction, string?> pathOf
    ) =>
        rendering == TranscriptOutput.Html ? string.Empty
        : rendering == TranscriptOutput.Json ? JsonTranscript.Render(transcript, pathOf)
        : IsScreen(rendering)
            ? ScreenTranscript.Render(
                transcript,
                Console.WindowWidth,
                Environment.GetEnvironmentVariable("NO_COLOR") is null or "" ? ScreenStyle.Terminal : null
            )
        : TranscriptRenderer.Render(transcript, rendering, options);

    private static void Write(
        Output output,
        TranscriptOutput rendering,
        PageOptions options,
        IEnumerable<(string Path, Transcript Transcript, string Text)> transcripts
    )
    {
        switch (rendering)
        {
            case TranscriptOutput.Html:
                var all = transcripts.Select(made => made.Transcript).ToList();
                if (all.Count > 0)
                {
                    output.Write(HtmlPage.Render(all, options));
                }

                break;
            case TranscriptOutput.Json or TranscriptOutput.MessageJson:
                foreach (var (_, _, line) in transcripts)
                {
                    output.WriteLine(line);
                }

                break;
            default:
                WriteTexts(output, rendering, transcripts.Select(made => (made.Path, made.Text)));
                break;
        }
    }

    /// <summary>Writes texts, with titles where there are several.</summary>
    private static void WriteTexts(
        Output output,
        TranscriptOutput rendering,
        IEnumerable<(string Path, string Text)> texts
    )
    {
        (string Path, string Text)? first = null;
        var count = 0;
        foreach (var made in texts)
        {
            count++;
            if (count == 1)
            {
                first = made;
                continue;
            }

            if (count == 2)
            {
                WriteTitled(output, rendering, first!.Value);
            }

            WriteTitled(output, rendering, made);
        }

        if (count == 1)
        {
            output.WriteLine(first!.Value.Text);
        }
    }

    private static void WriteTitled(Output output, TranscriptOutput rendering, (string Path, string Text) transcript)
    {
        output.Show(rendering == TranscriptOutput.Markdown ? $"## {transcript.Path}\n" : $"== {transcript.Path}");
        output.WriteLine(transcript.Text);
        output.WriteLine(string.Empty);
    }

    private static void Export(
        InputPaths inputs,
        TranscriptSite site,
        (SiteOutput Output, PageOptions Options) pages,
        Output output,
        CancellationToken cancellation
    )
    {
        foreach (
            var (_, path, page) in CassetteInput.Load(
                inputs,
                (cassette, _) => SitePage.Of(cassette, pages.Output, site.Folder, pages.Options),
                output,
                cancellation
            )
        )
        {
            output.Try(path, () => site.Write(page, cancellation));
        }

        site.WriteIndex(cancellation);
        output.Show(site.IndexPath);
    }
}
