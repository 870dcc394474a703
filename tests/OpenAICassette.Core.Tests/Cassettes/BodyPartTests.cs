using System.Net.Http.Headers;
using System.Text;

namespace OpenAICassette.Tests;

public class BodyPartTests
{
    private const string Form = "multipart/form-data; boundary=\"b-1\"";

    [Fact]
    public async Task Fields_and_files_of_a_form_come_as_a_client_sent_them()
    {
        byte[] sound = [0, 1, 13, 10, 45, 45, 98, 255];
        using var form = new MultipartFormDataContent("b-1");
        using var model = new StringContent("whisper-1");
        using var file = new ByteArrayContent(sound);
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        form.Add(model, "model");
        form.Add(file, "file", "a b.wav");
        var parts = Body.FromBytes(await form.ReadAsByteArrayAsync(), form.Headers.ContentType!.ToString()).Parts;
        Assert.Equal(
            [("model", null, "whisper-1"), ("file", "a b.wav", null)],
            parts.Select(part => (part.Name, part.FileName, part.FileName is null ? part.Body.Text : null))
        );
        Assert.Equal(sound, parts[1].Body.Bytes.ToArray());
        Assert.Equal("audio/wav", parts[1].Body.MediaType);
        Assert.Equal(["model: whisper-1", "file: a b.wav"], parts.Select(part => part.ToString()));
    }

    [Theory]
    [InlineData("intro\n--b-1\nContent-Disposition: form-data; name=a\n\n1\n--b-1--\nend", new[] { "a: 1" })]
    [InlineData("--b-1\r\n\r\nno --b-1 name\r\n--b-1\r\n\r\n\r\n--b-1--", new[] { "no --b-1 name", "" })]
    [InlineData("--b-1\r\n\r\ncut", new[] { "cut" })]
    [InlineData("--b-1", new string[0])]
    [InlineData("", new string[0])]
    [InlineData("nothing", new string[0])]
    public void Other_layouts_and_broken_ones_are_read_as_far_as_they_go(string text, string[] parts) =>
        Assert.Equal(parts, Body.FromBytes(Encoding.UTF8.GetBytes(text), Form).Parts.Select(part => part.ToString()));

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("no type")]
    [InlineData(null)]
    public void Other_bodies_have_none(string? type) =>
        Assert.Empty(Body.FromBytes("--b-1\r\n\r\n1\r\n--b-1--"u8.ToArray(), type).Parts);
}
