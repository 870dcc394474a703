using System.Reflection;
using OpenAICassette.Commands;

namespace OpenAICassette.Hosting.Tests;

/// <summary>
/// A cmdlet as its assembly declares it. Attributes are read as data, because those of the compile-time library do not
/// keep their values.
/// </summary>
internal sealed record CompiledCmdlet(Type Type)
{
    public static IReadOnlyList<CompiledCmdlet> All { get; } =
    [
        .. typeof(GetCassetteCommand)
            .Assembly.GetTypes()
            .Select(type => new CompiledCmdlet(type))
            .Where(cmdlet => cmdlet.Attribute is not null),
    ];

    public string Verb => (string)Attribute!.ConstructorArguments[0].Value!;

    public string Noun => (string)Attribute!.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public IEnumerable<Type> OutputTypes =>
        Type
            .CustomAttributes.Where(attribute => attribute.AttributeType.Name == "OutputTypeAttribute")
            .SelectMany(attribute => attribute.ConstructorArguments.SelectMany(Values))
            .OfType<Type>();

    public IEnumerable<PropertyInfo> Parameters =>
        Type.GetProperties()
            .Where(property =>
                property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ParameterAttribute")
            );

    private CustomAttributeData? Attribute =>
        Type.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.Name == "CmdletAttribute");

    private static IEnumerable<object?> Values(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> several
            ? several.Select(one => one.Value)
            : [argument.Value];
}
