using System.Reflection;

namespace OpenAICassette.Tests;

/// <summary>The ids by which XML documentation names types and members (C# standard, annex D.4.2).</summary>
internal static class DocumentationId
{
    /// <summary>The id of a type or member.</summary>
    public static string Of(MemberInfo member) =>
        member switch
        {
            Type type => "T:" + Name(type),
            FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
            PropertyInfo property =>
                $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters(), [])}",
            EventInfo happening => $"E:{Name(happening.DeclaringType!)}.{happening.Name}",
            MethodBase method => $"M:{Name(method.DeclaringType!)}.{MethodName(method)}",
            _ => throw new ArgumentOutOfRangeException(nameof(member)),
        };

    private static string MethodName(MethodBase method)
    {
        var generics = method.IsGenericMethod ? method.GetGenericArguments() : [];
        var arity = generics.Length > 0 ? $"``{generics.Length}" : string.Empty;
        var converts = method.Name is "op_Implicit" or "op_Explicit"
            ? $"~{Name(((MethodInfo)method).ReturnType)}"
            : string.Empty;
        return method.Name.Replace('.', '#') + arity + Parameters(method.GetParameters(), generics) + converts;
    }

    private static string Parameters(ParameterInfo[] parameters, Type[] generics) =>
        parameters.Length == 0
            ? string.Empty
            : $"({string.Join(',', parameters.Select(parameter => Name(parameter.ParameterType, generics)))})";

    private static string Name(Type type, params Type[] generics)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!, generics) + "@";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!, generics) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return (generics.Contains(type) ? "``" : "`") + type.GenericParameterPosition;
        }

        var prefix = type.IsNested ? Name(type.DeclaringType!) : type.Namespace;
        return type.IsGenericType && !type.IsGenericTypeDefinition
            ? $"{prefix}.{type.Name.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(argument => Name(argument, generics)))}}}"
            : $"{prefix}.{type.Name}";
    }
}
