using System.Reflection;
using System.Reflection.Emit;

namespace OpenAICassette.Tests;

/// <summary>
/// The types that a type refers to: in its base, interfaces, attributes, fields, signatures and locals, and in the
/// bodies of its methods. What is nested in it, the compiler's own types included, counts as part of it.
/// </summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> s_codes = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>The top-level types of the type's own assembly that it refers to, without itself.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Visit(type, found);
        return found
            .Where(other => other.Assembly == type.Assembly)
            .Select(Outermost)
            .Where(other => other != type)
            .ToHashSet();
    }

    private static void Visit(Type type, HashSet<Type> found)
    {
        Add(type.BaseType, found);
        Array.ForEach(type.GetInterfaces(), found.AddType);
        Attributes(type, found);
        foreach (var member in type.GetMembers(Declared))
        {
            Attributes(member, found);
            switch (member)
            {
                case Type nested:
                    Visit(nested, found);
                    break;
                case FieldInfo field:
                    Add(field.FieldType, found);
                    break;
                case MethodBase method:
                    Method(method, found);
                    break;
            }
        }
    }

    private static void Method(MethodBase method, HashSet<Type> found)
    {
        Add((method as MethodInfo)?.ReturnType, found);
        foreach (var parameter in method.GetParameters())
        {
            Add(parameter.ParameterType, found);
        }

        foreach (
            var constraint in method.IsGenericMethodDefinition
                ? method.GetGenericArguments().SelectMany(type => type.GetGenericParameterConstraints())
                : []
        )
        {
            Add(constraint, found);
        }

        if (method.GetMethodBody() is { } body)
        {
            body.LocalVariables.ToList().ForEach(local => Add(local.LocalType, found));
            body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                .ToList()
                .ForEach(clause => Add(clause.CatchType, found));
            Tokens(method, body.GetILAsByteArray()!).ToList().ForEach(member => Member(member, found));
        }
    }

    /// <summary>The members that the instructions of a method name.</summary>
    private static IEnumerable<MemberInfo> Tokens(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length; )
        {
            int value = code[at++];
            var instruction = s_codes[value == 0xFE ? 0xFE00 | code[at++] : value];
            if (
                instruction.OperandType
                is OperandType.InlineField
                    or OperandType.InlineMethod
                    or OperandType.InlineTok
                    or OperandType.InlineType
            )
            {
                yield return method.Module.ResolveMember(
                    BitConverter.ToInt32(code, at),
                    typeArguments,
                    methodArguments
                )!;
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static void Member(MemberInfo member, HashSet<Type> found)
    {
        Add(member as Type ?? member.DeclaringType, found);
        switch (member)
        {
            case FieldInfo field:
                Add(field.FieldType, found);
                break;
            case MethodBase method:
                Array.ForEach(method.GetParameters(), parameter => Add(parameter.ParameterType, found));
                Array.ForEach(method.IsGenericMethod ? method.GetGenericArguments() : [], found.AddType);
                Add((method as MethodInfo)?.ReturnType, found);
                break;
        }
    }

    private static void Attributes(MemberInfo member, HashSet<Type> found)
    {
        foreach (var attribute in member.GetCustomAttributesData())
        {
            Add(attribute.AttributeType, found);
            attribute
                .ConstructorArguments.Select(argument => argument.Value)
                .OfType<Type>()
                .ToList()
                .ForEach(found.AddType);
        }
    }

    private static void AddType(this HashSet<Type> found, Type type) => Add(type, found);

    private static void Add(Type? type, HashSet<Type> found)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(type.GetElementType(), found);
            return;
        }

        found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
        {
            Add(argument, found);
        }
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } declaring)
        {
            type = declaring;
        }

        return type;
    }
}
