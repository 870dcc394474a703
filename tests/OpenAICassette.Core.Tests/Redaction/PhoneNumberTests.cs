using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Tests;

/// <summary>Telephone numbers as the countries write them, and what only looks like them.</summary>
public class PhoneNumberTests
{
    private static readonly SecretRules s_rules = new(PersonalData.All);

    [Theory]
    [InlineData("call (212) 580-{d:4} today")]
    [InlineData("call 212-580-{d:4} today")]
    [InlineData("call 212.580.{d:4} today")]
    [InlineData("call 1-800-580-{d:4} today")]
    [InlineData("call +1 (650) 253-{d:4} today")]
    [InlineData("call +1.650.253.{d:4}")]
    [InlineData("ruf +49 30 {d:8} an")]
    [InlineData("ruf +49 (0)30 {d:7} an")]
    [InlineData("ruf 030 {d:8} an")]
    [InlineData("ruf 0171/{d:7} an")]
    [InlineData("ruf +4915{d:9} an")]
    [InlineData("ring 020 7946 0{d:3} now")]
    [InlineData("ring 07700 900{d:3} now")]
    [InlineData("ring +44 7700 900{d:3} now")]
    [InlineData("appelez le 01 42 68 {d:2} {d:2}")]
    [InlineData("appelez le 01.42.68.{d:2}.{d:2}")]
    [InlineData("appelez le +33 1 42 68 {d:2} {d:2}")]
    [InlineData("llama al +34 612 345 {d:3}")]
    [InlineData("mi móvil es 612 345 {d:3}")]
    [InlineData("chiama 333 123 {d:4}")]
    [InlineData("chiama +39 06 {d:4} {d:4}")]
    [InlineData("bel 06-{d:8}")]
    [InlineData("bel +31 6 {d:8}")]
    [InlineData("ring 044 668 {d:2} {d:2}")]
    [InlineData("denwa 03-{d:4}-{d:4}")]
    [InlineData("denwa +81-3-{d:4}-{d:4}")]
    [InlineData("liga (11) 9{d:4}-{d:4}")]
    [InlineData("liga +55 11 9{d:4}-{d:4}")]
    [InlineData("mobile 98765 {d:5}")]
    [InlineData("call +91-98765-{d:5}")]
    [InlineData("call +91 98765 {d:5}")]
    [InlineData("phone 0412 {d:3} {d:3}")]
    [InlineData("phone +61 412 {d:3} {d:3}")]
    [InlineData("my phone: 212555{d:4}")]
    [InlineData("telefon 512 34{d:1} {d:3}")]
    [InlineData("call +48 512 345 {d:3}")]
    [InlineData("call +86 138 {d:4} {d:4}")]
    [InlineData("call +82-10-{d:4}-{d:4}")]
    [InlineData("call +52 55 {d:4} {d:4}")]
    [InlineData("call +27 82 {d:3} {d:4}")]
    [InlineData("tel:+1212580{d:4}")]
    [InlineData("<a href=\"tel:212-580-{d:4}\">")]
    [InlineData("Phone:(212) 580-{d:4}")]
    [InlineData("ring 0044 20 7946 0{d:3}")]
    [InlineData("ruf 0049 30 {d:7} an")]
    [InlineData("appelez le 0033 6 12 34 {d:2} {d:2}")]
    [InlineData("Telefon: 01517{d:8}")]
    [InlineData("tel. 91 123 {d:2} {d:2}")]
    [InlineData("llámame, mi móvil: 93 616 {d:4}")]
    [InlineData("telefono 333 {d:7}")]
    [InlineData("call me at 55 6935 {d:4}")]
    [InlineData("phone 11 95605-{d:4}")]
    [InlineData("mobile 098765 {d:5}")]
    [InlineData("contact: 138 {d:4} {d:4}")]
    [InlineData("my number is 8 924 319 {d:2} {d:2}")]
    [InlineData("phone: 1300 856 {d:3}")]
    public void A_number_is_found(string text)
    {
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var match = Assert.Single(s_rules.Find(ExampleText.Write(text, seed)));
            Assert.StartsWith("phone-number", match.Rule.Id, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("the OID 1.3.6.1.4.1.311.21.20")]
    [InlineData("the OID 1.2.840.113549.1.1.11")]
    [InlineData("version 10.0.19041.3570")]
    [InlineData("phone version 2024.11.22")]
    [InlineData("tracking 9400 1000 0000 0000 0000 00")]
    [InlineData("phone case, tracking 1Z999AA10123456784")]
    [InlineData("on 2026-11-22 10:15:30")]
    [InlineData("phoned on 2026-11-22")]
    [InlineData("phoned on 22.11.2026")]
    [InlineData("phoned on 2026-11-22 1015")]
    [InlineData("phone case, parcel 1234 5678 9012")]
    [InlineData("phone of the holder of 123-45-6789")]
    [InlineData("phone firmware 00.12.345.6789")]
    [InlineData("urn:oid:1.2.840.113549.1.1.11")]
    [InlineData("sha:2026-11-22")]
    [InlineData("phone log 20261122101530")]
    [InlineData("at 1757525949 seconds")]
    [InlineData("0.123 0.456 0.789")]
    [InlineData("tensor 512 768 1024 3")]
    [InlineData("from 192.168.100.200")]
    [InlineData("the UUID 123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("ISBN 978-3-16-148410-0")]
    [InlineData("part 123-45-6789")]
    public void What_is_counted_or_dated_is_no_number(string text) => Assert.Empty(s_rules.Find(text));

    [Theory]
    [InlineData("jürgen.{l:6}@münchner-{l:6}.de", 1)]
    [InlineData("\"{l:4} {l:6}\"@{l:8}.org", 1)]
    [InlineData("{l:6}@{l:5}.xn--p1ai", 1)]
    [InlineData("{l:6}@my-example-{l:4}.com", 1)]
    [InlineData("{l:6}@mail.example.com", 0)]
    [InlineData("{l:6}@host.example", 0)]
    [InlineData("logo@2x.png", 0)]
    public void An_address_can_have_any_script_and_quotation_marks(string text, int expected) =>
        Assert.Equal(expected, s_rules.Find($"write to {ExampleText.Write(text, 2)} now").Count);

    [Theory]
    [InlineData("SSN: 123-45-6{d:2}1", 1)]
    [InlineData("social security number 123 45 6{d:2}1", 1)]
    [InlineData("SSN: 000-45-6{d:2}1", 0)]
    [InlineData("SSN: 923-45-6{d:2}1", 0)]
    public void A_social_security_number_needs_its_name(string text, int expected) =>
        Assert.Equal(expected, s_rules.Find(ExampleText.Write(text, 2)).Count);
}
