using OpenAICassette.Capture;

namespace OpenAICassette.Tests;

public class CapturedRequestsTests
{
    [Theory]
    [InlineData("https://api.example/any/path", true, false)]
    [InlineData("https://api.example/v1/chat/completions", true, true)]
    [InlineData("http://localhost:11434/api/chat", true, true)]
    [InlineData("http://localhost:11434/any/path", true, true)] // Ollama's port
    [InlineData("http://[::1]:1234/v1/chat/completions", true, true)]
    [InlineData("http://localhost:5000/orders/1", false, false)]
    [InlineData("http://localhost:9000/orders/1", true, true)] // the port of the upstream
    [InlineData("https://left.example/v1/chat/completions", false, false)]
    [InlineData("https://b.left.example/v1/chat/completions", false, false)]
    [InlineData("https://port.example:444/v1/chat/completions", false, false)]
    [InlineData("https://port.example/v1/chat/completions", true, true)]
    [InlineData("https://dc.services.visualstudio.com/v2/track", false, false)] // the telemetry of PowerShell
    public void A_session_captures(string address, bool own, bool ofOthers)
    {
        var hosts = new CapturedRequests(
            ["LEFT.example", "*.left.example", "port.example:444"],
            new("http://127.0.0.1:9000/v1")
        );
        Assert.Equal(own, hosts.Captures(new Uri(address)));
        Assert.Equal(ofOthers, hosts.CapturesOfOthers(new Uri(address)));
    }
}
