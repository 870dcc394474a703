using OpenAICassette.Cli;
using OpenAICassette.Formats;

namespace OpenAICassette.Tests;

/// <summary>The line of a terminal that shows progress.</summary>
public sealed class TerminalProgressTests : IDisposable
{
    private readonly StringWriter _terminal = new();

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void A_line_takes_the_place_of_the_one_before_and_is_cleared()
    {
        var progress = new TerminalProgress(_terminal, () => 80);
        progress.Show(new WorkProgress(50, 200, TimeSpan.FromSeconds(5)));
        progress.Clear();
        progress.Clear();
        Assert.Equal("\r\u001b[K 25 %  50 of 200 files, 10 per second, 0:00:15 left\r\u001b[K", _terminal.ToString());
    }

    [Theory]
    [InlineData(20, 19)]
    [InlineData(0, 26)]
    public void A_line_is_never_longer_than_the_terminal(int width, int length)
    {
        new TerminalProgress(_terminal, () => width).Show(new WorkProgress(1000, null, TimeSpan.FromSeconds(5)));
        Assert.Equal(length, _terminal.ToString().Length - "\r\u001b[K".Length);
    }
}
