using System.Net;

namespace OpenAICassette.Tests;

public sealed class DefectTests
{
    [Fact]
    public async Task A_request_that_is_not_answered_because_of_a_defect_is_told()
    {
        var told = new List<string?>();
        await using var server = CassetteServer.Start(
            [],
            new CassetteServerOptions
            {
                Answering = request =>
                {
                    told.Add(request.Error);
                    if (request.Error is null)
                    {
                        throw new InvalidOperationException("what was sent");
                    }
                },
            }
        );
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri(server.Uri, "v1/nothing"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        await server.DisposeAsync();
        Assert.Equal(2, told.Count);
        Assert.StartsWith("a defect of the server: InvalidOperationException at ", told[1], StringComparison.Ordinal);
        Assert.DoesNotContain("what was sent", told[1], StringComparison.Ordinal);
    }
}
