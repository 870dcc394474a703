using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Cassettes of EasyVCR.</summary>
public sealed class EasyVcrTests : IDisposable
{
    internal const string Cassette = """
        [
          {
            "Duration": 398,
            "RecordedAt": "2026-04-11T14:15:54.397539-06:00",
            "Request": {
              "Body": "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
              "BodyContentType": "Json",
              "ContentHeaders": {"Content-Type": "application/json"},
              "Method": "POST",
              "RequestHeaders": {"Accept": "*/*"},
              "Uri": "https://api.openai.com/v1/chat/completions"
            },
            "Response": {
              "Body": "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hey\"},\"finish_reason\":\"stop\"}]}",
              "ContentHeaders": {"Content-Type": "application/json"},
              "HttpVersion": "1.1",
              "ResponseHeaders": {"Server": "x"},
              "Status": {"Code": 200, "Message": "OK"}
            }
          }
        ]
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_interaction_is_read_and_replayed()
    {
        var cassette = CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(Cassette)));
        var interaction = Assert.Single(cassette.Interactions);
        Assert.Equal(
            ("easyvcr", "POST", "m-1", 200, "OK"),
            (
                cassette.Format,
                interaction.Method,
                interaction.Model,
                interaction.Response.Status,
                interaction.Response.Reason
            )
        );
        Assert.Equal(["Accept", "Content-Type"], interaction.Request.Headers.Select(field => field.Name));
        Assert.Equal(398, interaction.Response.EndedAt!.Value.TotalMilliseconds);
        Assert.Equal(
            new DateTimeOffset(2026, 4, 11, 20, 15, 54, 397, TimeSpan.Zero).AddTicks(5390),
            interaction.StartedAt
        );
        Assert.Equal("Hey", ConversationAssembler.Assemble(interaction).Choices[0].Message.Text);

        using var client = new HttpClient(new CassetteMessageHandler([cassette]));
        using var content = new StringContent(interaction.Request.Body.Text!, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(interaction.Url!), content);
        Assert.Equal(interaction.Response.Body.Text, await answer.Content.ReadAsStringAsync());
    }
}
