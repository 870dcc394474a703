using System.Runtime.CompilerServices;

namespace OpenAICassette.Tests;

internal static class YamlIsEnabled
{
    [ModuleInitializer]
    public static void Enable()
    {
        YamlSupport.Enable();
        DecoderSupport.Enable();
        MarkdownSupport.Enable();
    }
}
