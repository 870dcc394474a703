using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Tests;

/// <summary>Rules that are made from the forms of keys.</summary>
public class KeyFormTests
{
    [Fact]
    public void A_key_that_is_a_GUID_is_found_however_its_digits_fall()
    {
        for (var i = 0; i < 3_000; i++)
        {
            var match = Assert.Single(SecretRules.Standard.Find($"Use {PlantedKey.Of("langfuse-secret-key")} now"));
            Assert.Equal("langfuse-secret-key", match.Rule.Id);
        }
    }

    [Theory]
    [InlineData("acme_{a:20}", "acme_", 0)]
    [InlineData("{b:33}+AB{b:6}=", "+AB", 33)]
    [InlineData("{c:32}-us{d:1-2}", "-us", 32)]
    [InlineData("{b:22}==:{a:32}", "==:", 22)]
    public void The_first_literal_is_the_anchor_and_what_is_before_it_the_lead(string form, string anchor, int lead)
    {
        var rule = KeyForm.Rule("acme-key", "A key", form);
        Assert.Equal([anchor], rule.Anchors);
        Assert.Equal((lead, lead), (rule.LeadIn, rule.LeastLeadIn));
        Assert.Equal([form], rule.Examples);
    }

    [Theory]
    [InlineData("{b:33}+AB{b:6}=")]
    [InlineData("{u:44}AzXy{u:6}==")]
    public void A_key_is_found_with_every_character_of_its_alphabet_before_the_anchor(string form)
    {
        var rules = new SecretRules([KeyForm.Rule("acme-key", "A key", form)]);
        foreach (var seed in Enumerable.Range(1, 300))
        {
            var key = ExampleText.Write(form, seed);
            var match = Assert.Single(rules.Find($"key={key}, and more"));
            Assert.Equal((4, key.Length), (match.Start, match.Length));
        }
    }

    [Fact]
    public void A_part_that_only_identifies_the_secret_stays()
    {
        var rules = new SecretRules([KeyForm.Rule("acme-key", "A key", "acme_session=|{c:32}")]);
        var match = Assert.Single(rules.Find(ExampleText.Write("x acme_session={c:32} y", 1)));
        Assert.Equal((15, 32), (match.Start, match.Length));
    }

    [Theory]
    [InlineData("acme_{a:19}")]
    [InlineData("acme_{a:21}")]
    [InlineData("x9acme_{a:20}")]
    [InlineData("acme_thisisawordxexample")]
    public void A_text_with_another_form_is_no_key(string text)
    {
        var rules = new SecretRules([KeyForm.Rule("acme-key", "A key", "acme_{a:20}")]);
        Assert.Empty(rules.Find(ExampleText.Write(text, 1)));
    }

    [Theory]
    [InlineData("sk_live_{a:40}-{a:40}")]
    [InlineData("github_pat_{w:60}")]
    [InlineData("pi_RwWTP8afnOrJut7dYKmWbrMy_secret_{a:30}")]
    [InlineData("rk_test_Key{a:21}")]
    [InlineData("csk-{a:20}DUMMy{a:23}")]
    [InlineData("v1.0-{o:80}....{o:80}")]
    [InlineData("firecrawl fc-672b47574218099252214922abec5681")]
    [InlineData("sk_85814531-4409-72f0-1415-485d61010965")]
    public void A_key_is_replaced_whole_however_its_characters_fall(string form)
    {
        var key = ExampleText.Write(form, 7);
        var start = key.LastIndexOf(' ') + 1;
        var match = Assert.Single(SecretRules.Standard.Find(key));
        Assert.Equal((start, key.Length), (match.Start, match.End));
    }

    [Theory]
    [InlineData("live_view_component_for_the_page_2024_v2")]
    [InlineData("web_{c:32}")]
    [InlineData("api_client2.resourcesForProjects3")]
    [InlineData("test_that_2_keys_are_none")]
    public void A_name_with_the_prefix_of_a_key_is_none(string name) =>
        Assert.Empty(SecretRules.Standard.Find(ExampleText.Write(name, 1)));

    [Fact]
    public void An_anchor_can_begin_with_a_hyphen_at_the_end_of_a_text()
    {
        var key = ExampleText.Write("{h:32}-us1", 1);
        Assert.Equal("mailchimp-key", Assert.Single(SecretRules.Standard.Find(key)).Rule.Id);
        Assert.Empty(SecretRules.Standard.Find("it is in us-us"));
    }
}
