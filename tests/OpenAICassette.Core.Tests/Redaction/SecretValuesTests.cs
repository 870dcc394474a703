using System.Text;
using OpenAICassette.Redaction;

namespace OpenAICassette.Tests;

public class SecretValuesTests
{
    [Fact]
    public void However_many_values_were_seen_the_newest_are_replaced()
    {
        var values = new SecretValues();
        var last = string.Empty;
        for (var i = 0; i < 6000; i++)
        {
            last = $"{Guid.NewGuid():n}";
            values.Learn([last]);
        }

        var clean = Encoding.UTF8.GetString(
            values.Scrub(Encoding.UTF8.GetBytes($"{{\"note\":\"it is {last}\"}}")).Span
        );
        Assert.DoesNotContain(last, clean, StringComparison.Ordinal);
        Assert.Contains("REDACTED_", clean, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_scrubbed_while_others_add_values()
    {
        var values = new SecretValues();
        var body = "{}"u8.ToArray();
        var learning = Task.Run(() =>
        {
            for (var i = 0; i < 3000; i++)
            {
                values.Learn([$"{Guid.NewGuid():n}"]);
            }
        });
        do
        {
            Assert.Equal(body, values.Scrub(body).ToArray());
        } while (!learning.IsCompleted);

        await learning;
    }
}
