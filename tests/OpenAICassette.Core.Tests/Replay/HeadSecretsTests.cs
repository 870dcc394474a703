using OpenAICassette.Replay;

namespace OpenAICassette.Tests;

/// <summary>Which fields of a request are read in search of secrets.</summary>
public sealed class HeadSecretsTests
{
    [Theory]
    [InlineData("Authorization", true)]
    [InlineData("x-api-key", true)]
    [InlineData("X-Custom", true)]
    [InlineData("Host", false)]
    [InlineData("content-type", false)]
    [InlineData("User-Agent", false)]
    [InlineData("Sec-WebSocket-Key", false)]
    public void A_field_is_read_if_its_value_can_be_a_secret(string name, bool isRead) =>
        Assert.Equal(isRead, MessageSecrets.MayHold(name));

    [Fact]
    public void A_secret_in_the_path_is_found_in_a_request_whose_fields_are_all_harmless()
    {
        var key = $"{Guid.NewGuid():N}Zk{Guid.NewGuid():N}Qx";

        Assert.Contains(key, MessageSecrets.OfRequest([], $"/proxy/{key}/v1/chat/completions", string.Empty));
    }
}
