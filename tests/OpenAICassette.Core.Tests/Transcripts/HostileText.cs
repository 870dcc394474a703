namespace OpenAICassette.Tests;

/// <summary>Recorded texts that would act if an output passed them on: one vector in each row.</summary>
internal static class HostileText
{
    public static readonly (string Vector, string Text)[] All =
    [
        ("clears the screen", "a\u001b[2J\u001b[Hb"),
        ("sets the title", "\u001b]0;owned\u0007"),
        ("writes the clipboard", "\u001b]52;c;b3duZWQ=\u001b\\"),
        ("links elsewhere", "\u001b]8;;https://evil.example\u0007bank\u001b]8;;\u0007"),
        ("asks the terminal", "\u001b[6n\u001bP$q\u001b\\"),
        ("C1 control", "\u009b2J\u009d0;owned\u009c\u0085x"),
        ("backspaces and returns", "safe\b\b\b\bevil\rfake prompt$ "),
        ("NUL and DEL", "a\0b\u007fc"),
        ("bidirectional override", "user\u202e // gnp.exe\u202c\u2066x\u2069\u200f\u061c"),
        ("lone surrogates", "\ud800a\udc00"),
        ("script", "<script>alert(1)</script>"),
        ("end of a data block", "</script><script>alert(1)</script><!--</SCRIPT >"),
        ("end of other elements", "--></style></title></textarea></pre></code><svg/onload=alert(1)>"),
        ("image with a handler", "<img src=x onerror=alert(1)>\"'><img src=x onerror=alert(1)>"),
        (
            "iframe",
            "<iframe src=javascript:alert(1)></iframe><base href=//evil.example><meta http-equiv=refresh content=0>"
        ),
        ("links of Markdown", "[a](javascript:alert(1)) [b]( java\tscript:alert(1) ) ![c](https://evil.example/t.png)"),
        ("data link", "[a](data:text/html;base64,PHNjcmlwdD4=) <data:text/html,<script>alert(1)</script>>"),
        (
            "link in another case",
            "[a](JaVaScRiPt:alert(1)) [b](&#106;avascript:alert(1)) [c](vbscript:x) <javascript:x>"
        ),
        ("reference links", "[a]: javascript:alert(1)\n\n[a] [![x][a]][a]"),
        ("cell of a table", "| a | b |\n| --- | --- |\n| x | y |"),
        ("mentions", "@octocat #1 https://evil.example www.evil.example"),
        ("fence", "```\n~~~\n````\n<script>alert(1)</script>"),
        ("command of GitHub", "::error file=x::owned\n  ::stop-commands::t\nx\n::add-mask::a\n::set-output name=a::b"),
        ("command of Azure Pipelines", "##vso[task.setvariable variable=PATH]owned x ##[error]owned ##[group]g"),
        ("command of TeamCity", "##teamcity[buildStatus status='FAILURE']"),
        ("formula", "=cmd|'/c calc'!A1"),
        ("other formulas", "@SUM(1)\n+1+1\n-1+1\n\t=1+1"),
        ("XML", "]]><!ENTITY a SYSTEM 'file:///etc/passwd'>&a;<?xml version='1.0'?>"),
        ("newlines", "a\nb\r\nc\u2028d\u2029e\u000bf\u000cg"),
    ];
}
