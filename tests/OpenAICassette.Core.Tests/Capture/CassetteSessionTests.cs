using OpenAICassette.Capture;

namespace OpenAICassette.Tests;

public sealed class CassetteSessionTests : IDisposable
{
    private static readonly Uri s_service = new("https://service.example/v1");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_plays_the_recordings_of_its_paths()
    {
        _folder.AddCapitals("a.json");
        var session = CassetteSession.Start(new SessionOptions { Paths = [_folder.FullName] }, CancellationToken.None);
        await using var server = session.Server;
        Assert.Equal(1, server.InteractionCount);
        Assert.Equal(_folder.FullName, session.Path);
        Assert.Null(session.UpstreamToken);
        Assert.False(session.AlwaysMisses);
    }

    [Fact]
    public async Task A_folder_to_record_to_need_not_exist()
    {
        var options = new SessionOptions { Paths = [_folder["new"]], Server = Recording(s_service) };
        var session = CassetteSession.Start(options, CancellationToken.None);
        await using var server = session.Server;
        Assert.Equal(RecordMode.Once, session.Mode);
        Assert.False(session.AlwaysMisses);
    }

    [Fact]
    public void A_request_may_name_its_service_only_where_no_upstream_is_fixed()
    {
        var open = new SessionOptions
        {
            Paths = ["x"],
            Server = Recording(null),
            ServiceOf = _ => s_service,
        };
        var named = open with { Server = Recording(s_service) };
        var (free, set) = (open.ToServerOptions(), named.ToServerOptions());
        Assert.NotNull(free.UpstreamToken);
        Assert.Equal(s_service, free.Upstream);
        Assert.Null(set.UpstreamToken);
        Assert.Null(set.UpstreamOf);
        Assert.NotNull((open with { Server = new CassetteServerOptions() }).ToServerOptions().UpstreamToken);
    }

    [Fact]
    public void New_recordings_need_one_folder()
    {
        var file = _folder.AddCapitals("a.json");
        string[][] wrong =
        [
            [file],
            ["a", "b"],
            [],
        ];
        Assert.All(wrong, paths =>
        {
            var options = new SessionOptions { Paths = paths, Server = Recording(s_service) };
            Assert.Contains("Specify a folder", Assert.Throws<ArgumentException>(options.ToServerOptions).Message);
        });
    }

    [Fact]
    public void A_file_is_played_but_not_added_to()
    {
        var file = _folder.AddCapitals("a.json");
        Assert.Equal(RecordMode.None, SessionDefaults.ModeFor(file, RecordMode.Once));
        Assert.Equal(RecordMode.Once, SessionDefaults.ModeFor(_folder.FullName, RecordMode.Once));
        var options = new SessionOptions
        {
            Paths = [file],
            Server = Recording(s_service) with { Mode = RecordMode.All },
        };
        Assert.Contains("Specify a folder.", Assert.Throws<ArgumentException>(options.ToServerOptions).Message);
    }

    [Fact]
    public void A_file_of_many_exchanges_is_added_to_in_its_own_format()
    {
        var file = _folder.Add("a.har", """{"log":{"entries":[]}}"""u8);
        var options = new SessionOptions { Paths = [file], Server = Recording(s_service) };
        Assert.Equal(("har", file), (options.ToServerOptions().RecordFormat, options.ToServerOptions().RecordTo));
        options = options with { Server = options.Server with { RecordFormat = "vcrpy" } };
        Assert.Contains("the format vcrpy", Assert.Throws<ArgumentException>(options.ToServerOptions).Message);
    }

    private static CassetteServerOptions Recording(Uri? upstream) =>
        new() { Mode = RecordMode.Once, Upstream = upstream };
}
