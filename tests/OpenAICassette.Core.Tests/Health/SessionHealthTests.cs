using System.Text;

namespace OpenAICassette.Tests;

public class SessionHealthTests
{
    private const string Session = """
        version: 1
        interactions:
        - kind: message
          direction: sent
          data: {type: response.create}
        - kind: message
          direction: sent
          data: {type: conversation.item.create, item: {type: message, role: user, content: []}}
        - kind: message
          direction: received
          data: {type: response.created, response: {id: r1, status: in_progress}}
        """;

    [Fact]
    public void A_session_is_checked_by_what_the_service_sent_however_much_the_client_sent()
    {
        using var folder = new TempFolder();
        var cassette = CassetteStore.Open(folder.Add("session.yaml", Encoding.UTF8.GetBytes(Session)));
        Assert.Equal("pydantic-ws", cassette.Format);
        Assert.DoesNotContain(HealthCheck.CheckAlone(cassette), finding => finding.Severity == HealthSeverity.Error);
    }
}
