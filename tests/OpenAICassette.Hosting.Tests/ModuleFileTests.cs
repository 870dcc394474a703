using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OpenAICassette.Hosting.Tests;

public sealed partial class ModuleFileTests
{
    [Fact]
    public void The_manifest_has_the_version_of_the_assemblies()
    {
        var built = typeof(Cassette)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;
        var manifest = ManifestVersion().Match(Repository.Read("OpenAICassette.psd1")).Groups[1].Value;

        Assert.Equal(manifest, built.Split('+')[0]);
    }

    [Fact]
    public void Every_view_is_of_a_type_that_exists_and_shows_members_that_exist()
    {
        var views = Repository.ReadXml("module", "OpenAICassette.Format.ps1xml").Descendants("View").ToList();

        Assert.NotEmpty(views);
        Assert.All(views, view =>
            // A name may say which objects of a type are shown so: Type#Kind.
            AssertMembers(view.Descendants("TypeName").Single().Value.Split('#')[0], view.Descendants("PropertyName"))
        );
    }

    [Fact]
    public void No_table_has_more_than_five_columns()
    {
        var tables = Repository.ReadXml("module", "OpenAICassette.Format.ps1xml").Descendants("TableControl");

        Assert.All(tables, table =>
        {
            var columns = table.Descendants("TableColumnItem").Count();
            Assert.InRange(columns, 1, 5);
            Assert.Equal(columns, table.Descendants("TableColumnHeader").Count());
        });
    }

    [Fact]
    public void Every_extended_type_exists_and_shows_members_that_exist()
    {
        var types = Repository.ReadXml("module", "OpenAICassette.Types.ps1xml").Root!.Elements("Type");

        Assert.All(types, type =>
            AssertMembers(type.Element("Name")!.Value, type.Descendants("ReferencedProperties").Elements("Name"))
        );
    }

    private static void AssertMembers(string typeName, IEnumerable<XElement> names)
    {
        var type = typeof(Cassette).Assembly.GetType(typeName)
            ?? typeof(Commands.GetCassetteCommand).Assembly.GetType(typeName);
        Assert.True(type is not null, $"there is no type {typeName}");
        var added = Repository
            .ReadXml("module", "OpenAICassette.Types.ps1xml")
            .Root!.Elements("Type")
            .Where(extended => extended.Element("Name")!.Value == typeName)
            .Descendants("ScriptProperty")
            .Select(property => property.Element("Name")!.Value)
            .ToList();
        Assert.All(names, name =>
            Assert.True(
                type.GetProperty(name.Value) is not null || added.Contains(name.Value),
                $"{typeName} has no member {name.Value}"
            )
        );
    }

    [GeneratedRegex(@"ModuleVersion\s*=\s*'([^']+)'")]
    private static partial Regex ManifestVersion();
}
