using System.CommandLine;
using System.Diagnostics.Tracing;
using System.Text;
using OpenAICassette.Cli;

namespace OpenAICassette.Tests;

/// <summary>
/// The command runs in this process, because none can ask another one what its garbage collector has done.
/// </summary>
public sealed class ServeMemoryTests : IDisposable
{
    private const int Many = 5_000;
    private const string Answer =
        """{"status":200,"headers":[],"content":{"mimeType":"application/json","text":"{}"}}""";
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_of_many_recordings_gives_back_what_loading_took_once_it_is_ready()
    {
        var archive = _folder.Add("many.har", Encoding.UTF8.GetBytes(Archive()));
        var ready = _folder["ready.json"];
        using var collector = new CollectorListener();
        using var end = new CancellationTokenSource();
        var serving = new RootCommand { ServeCommand.Create() }
            .Parse(["serve", archive, "--ready-file", ready])
            .InvokeAsync(configuration: null, end.Token);
        try
        {
            await UntilAsync(() => File.Exists(ready), "the server is not ready");
            await UntilAsync(() => collector.IsAsked, "nothing was given back");
        }
        finally
        {
            await end.CancelAsync();
            await serving.WaitAsync(s_long);
        }
    }

    private static async Task UntilAsync(Func<bool> isSo, string otherwise)
    {
        using var patience = new CancellationTokenSource(s_long);
        while (!isSo())
        {
            Assert.False(patience.IsCancellationRequested, otherwise);
            await Task.Delay(20);
        }
    }

    private static string Archive()
    {
        var entries = Enumerable
            .Range(0, Many)
            .Select(index => $$$"""{"request":{{{Request(index)}}},"response":{{{Answer}}} }""");
        var creator = """{"name":"t","version":"1"}""";
        return $$$"""{"log":{"version":"1.2","creator":{{{creator}}},"entries":[{{{string.Join(',', entries)}}}]} }""";
    }

    private static string Request(int index) =>
        $$"""{"method":"GET","url":"https://api.openai.com/v1/models/m-{{index}}","headers":[]}""";

    /// <summary>Listens to why the garbage collector of this process works.</summary>
    private sealed class CollectorListener : EventListener
    {
        private const EventKeywords Collections = (EventKeywords)1;

        /// <summary>The reason of a collection that a program asks for to give all free memory back.</summary>
        private const uint InducedAggressive = 17;

        private volatile bool _isAsked;

        /// <summary>Gets whether a program has asked for a collection that gives memory back.</summary>
        public bool IsAsked => _isAsked;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Informational, Collections);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (
                eventData is { EventName: "GCStart_V2", PayloadNames: { } names, Payload: { } payload }
                && payload[names.IndexOf("Reason")] is InducedAggressive
            )
            {
                _isAsked = true;
            }
        }
    }
}
