using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace OpenAICassette.Tests;

public class DocumentationTests
{
    private const BindingFlags Members =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, XElement> s_documented = XDocument
        .Load(Path.ChangeExtension(typeof(Cassette).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    [Fact]
    public void Every_public_type_and_member_is_documented()
    {
        var missing = typeof(Cassette)
            .Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMembers(Members).Where(IsVisible).Append(type))
            .Select(DocumentationId.Of)
            .Where(id => !s_documented.TryGetValue(id, out var text) || !text.HasElements);
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_parameter_that_is_documented_says_something() =>
        Assert.All(s_documented.Values.Descendants("param"), text => Assert.NotEqual(string.Empty, text.Value.Trim()));

    /// <summary>
    /// What users of the assembly see, without what the compiler adds to records, enumerations and properties.
    /// </summary>
    private static bool IsVisible(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute))
        && member switch
        {
            MethodBase { IsSpecialName: true, IsConstructor: false } accessor => accessor.Name.StartsWith(
                "op_",
                StringComparison.Ordinal
            ),
            ConstructorInfo constructor => IsOpen(constructor) && constructor.GetParameters().Length > 0,
            MethodBase method => IsOpen(method) && !method.Name.StartsWith('<'),
            FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsOpen),
            EventInfo happening => IsOpen(happening.AddMethod!),
            _ => false,
        };

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
