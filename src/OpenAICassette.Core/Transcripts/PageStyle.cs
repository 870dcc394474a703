using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Contains the style of pages: light and dark, one column on a phone, two on a desktop. It contains no recorded text.
/// </summary>
internal static class PageStyle
{
    /// <summary>Stands for the style until the content of a page is known. Recorded text is escaped, so it has none.</summary>
    public const string Place = "<!--style-->";

    /// <summary>What the index of a site needs besides: a table on a desktop, cards on a phone.</summary>
    public const string Index = """
        main{max-width:96rem}
        .tools{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 .5rem;font-size:.8125rem}
        .tools select,.tools input{max-width:15rem;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.25rem .4rem}
        .rows{width:100%;table-layout:fixed;font-size:.8125rem}
        .rows th{padding:.2rem .6rem .2rem 0;white-space:nowrap}.rows th button{border:0;background:none;padding:0;font-weight:600;cursor:pointer}
        .rows td{padding:.28rem .6rem .28rem 0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
        .rows tr:hover td{background:var(--soft)}
        .rows a{color:inherit;text-decoration:none;font-weight:600}.rows a:hover,.rows a:focus-visible{text-decoration:underline}
        .rows .said,.rows .model,.rows .file{color:var(--quiet)}
        .rows .tokens,.rows .time{display:table-cell;text-align:right;font-variant-numeric:tabular-nums}.rows th.tokens button,.rows th.time button{margin-left:auto}
        .rows .bad{color:var(--bad)}
        .rows .asked{width:26%}.rows .said{width:27%}.rows .model{width:13%}.rows .status{width:8%}.rows .tokens{width:6.5%}.rows .time{width:5.5%}.rows th.file{font:inherit;font-weight:600}
        .rows .group td{font-weight:650;padding-top:.9rem;color:var(--ink)}
        .pages{display:flex;gap:.8rem;align-items:center;margin:.75rem 0;font-size:.875rem}
        .pages button{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.2rem .8rem;cursor:pointer}.pages button:disabled{opacity:.4;cursor:default}
        @media(max-width:48rem){.rows thead{display:none}.rows,.rows tbody{display:block}.rows td:empty{display:none}.rows tr{display:flex;flex-wrap:wrap;gap:0 .7rem;padding:.5rem 0;border-bottom:1px solid var(--line)}.rows td{border:0;padding:0;width:auto!important}.rows .asked,.rows .said{width:100%!important;white-space:nowrap}.rows .tokens,.rows .time{display:block}.rows .file{max-width:100%}.tools select,.tools input{flex:1 1 9rem;max-width:none;min-width:0}}
        """;

    private const string Base = """
        :root{color-scheme:light dark;--paper:#fdfcfa;--ink:#22211f;--quiet:#6f6a62;--line:#e5e0d8;--soft:#f4f1eb;--user:#1f5fa8;--assistant:#1d7a4f;--system:#85550f;--tool:#7a3fa0;--bad:#b3261e;--text:#0b6b50;--number:#9a4b00;--unsure:224,120,40;--mono:ui-monospace,SFMono-Regular,Consolas,"Liberation Mono",monospace}
        @media(prefers-color-scheme:dark){:root{--paper:#171819;--ink:#e4e2de;--quiet:#98938a;--line:#303235;--soft:#202224;--user:#7db4f0;--assistant:#6fcb9f;--system:#dcae63;--tool:#c79be6;--bad:#f28b82;--text:#8fd3b4;--number:#e6a96a}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
        main{max-width:62rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
        h1{font-size:1.25rem;line-height:1.35;font-weight:650;letter-spacing:-.01em;margin:0 0 .25rem}
        a{color:var(--user)}
        nav{display:flex;gap:1rem;font-size:.875rem;margin:0 0 .5rem}
        .about{color:var(--quiet);font-size:.875rem;margin:0 0 .75rem;display:flex;flex-wrap:wrap;gap:0 1.25rem;white-space:normal}
        .about a{color:inherit}
        .file{font-family:var(--mono);font-size:.75rem;line-height:1.9}
        dl{margin:.6rem 0;font-size:.8125rem}
        dl>div{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.15rem 1rem}
        dt{color:var(--quiet)}dd{margin:0;min-width:0;white-space:pre-wrap;font-family:var(--mono);max-height:16rem;overflow:auto}
        .facts{display:flex;flex-wrap:wrap;gap:.4rem;margin:0 0 1rem}
        .facts>div{display:block;background:var(--soft);border-radius:6px;padding:.2rem .6rem;line-height:1.35}
        .facts dt{font-size:.6875rem}.facts dd{font:inherit;font-weight:550;overflow:visible}
        .turn{padding:1.1rem 0;border-top:1px solid var(--line)}
        .turn:target{background:linear-gradient(90deg,var(--soft),transparent)}
        .turn h3{margin:0 0 .3rem;font-size:.8125rem;line-height:1.6rem;font-weight:650;letter-spacing:.01em;color:var(--quiet)}
        .turn h3 a{color:inherit;text-decoration:none}.turn h3 a:hover::after{content:" #"}
        .turn h3 small{font-weight:400;color:var(--quiet)}
        .user h3{color:var(--user)}.assistant h3{color:var(--assistant)}.system h3,.developer h3{color:var(--system)}.tool h3{color:var(--tool)}.error h3,.refusal{color:var(--bad)}
        .system .said,.developer .said{color:var(--quiet)}
        .failure{border-left:3px solid var(--bad);padding-left:.75rem}.failure b{color:var(--bad)}
        .said>:first-child,.md>:first-child{margin-top:0}.said>:last-child,.md>:last-child{margin-bottom:0}
        p{margin:0 0 .75rem;white-space:pre-wrap}
        :not(pre)>code{font:.875em var(--mono);background:var(--soft);border-radius:4px;padding:.1em .3em}
        img{display:block;max-width:min(100%,28rem);max-height:28rem;border-radius:6px;border:1px solid var(--line);margin:0 0 .75rem}
        audio{display:block;width:100%;max-width:28rem;margin:0 0 .75rem}.media{margin:0 0 .25rem;font-size:.875rem}
        small{font-size:.8125rem;color:var(--quiet)}
        pre.code{margin:.5rem 0 .75rem;padding:.75rem .9rem;background:var(--soft);border-radius:6px;overflow-x:auto;font:13px/1.55 var(--mono);tab-size:4;overflow-wrap:normal}
        details pre.code{white-space:pre-wrap;overflow-wrap:anywhere;max-height:32rem;overflow:auto}
        details{margin:0 0 .6rem}
        summary{cursor:pointer;list-style:none;border-radius:6px;padding:.3rem .6rem;background:var(--soft);font-size:.875rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        summary::-webkit-details-marker{display:none}
        summary::before{content:"▸";display:inline-block;width:1.1em;color:var(--quiet)}
        details[open]>summary::before{content:"▾"}details[open]>summary{margin-bottom:.5rem}
        summary:focus-visible,input:focus-visible,a:focus-visible,button:focus-visible,select:focus-visible{outline:2px solid var(--user);outline-offset:2px}
        summary b{font-weight:600}summary span,summary i{color:var(--quiet);font-style:normal}
        footer{border-top:1px solid var(--line);padding-top:1rem;color:var(--quiet);font-size:.875rem}
        .axis{display:flex;justify-content:space-between;font-size:.6875rem;line-height:1.5;color:var(--quiet)}
        h4{margin:1rem 0 .25rem;font-size:.875rem;color:var(--ink)}
        input,select,button{font:inherit;color:inherit}
        .found{display:block;min-height:1.3rem;margin:0 0 .5rem;font-size:.8125rem;line-height:1.3rem;color:var(--quiet)}
        .filter{width:100%;background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:.5rem .8rem;margin:.25rem 0 .35rem}
        .filter::placeholder{color:var(--quiet);opacity:1}
        [hidden]{display:none!important}
        """;

    private const string Markdown = """
        .md p,.md li{white-space:normal}
        .md ul,.md ol{margin:0 0 .75rem;padding-left:1.6rem}.md li{margin:.15rem 0}.md li>p{margin:0 0 .35rem}
        .md h4,.md h5,.md h6{margin:1.1rem 0 .4rem;font-size:1.05rem;line-height:1.4}.md h5{font-size:1rem}.md h6{font-size:.9375rem}
        .md blockquote{margin:0 0 .75rem;padding-left:.9rem;border-left:3px solid var(--line);color:var(--quiet)}
        .md hr{border:0;border-top:1px solid var(--line);margin:1rem 0}
        """;

    private const string Views = """
        .views{border:0;margin:0 0 .75rem;padding:0;font-size:.8125rem;color:var(--quiet);display:flex;flex-wrap:wrap;gap:.1rem .9rem}
        .views legend{float:left;padding:0 .9rem 0 0}
        .views input{margin:0 .2rem 0 0;vertical-align:-.1em;accent-color:var(--user)}
        .raw,.tokens{display:none}
        body:has(#view-raw:checked) .raw{display:block}body:has(#view-raw:checked) .md{display:none}
        body:has(#view-tokens:checked) .tokens{display:block}body:has(#view-tokens:checked) .tokens+.shown{display:none}
        .tokens span{border-radius:3px}.p1{background:rgba(var(--unsure),.14)}.p2{background:rgba(var(--unsure),.28)}.p3{background:rgba(var(--unsure),.45)}.p4{background:rgba(var(--unsure),.65)}
        .tokens span:hover{outline:1px solid var(--quiet)}
        """;

    private const string Table = """
        .wide{overflow-x:auto;margin:0 0 .75rem}.wide td,.wide th{overflow-wrap:normal}.events td{overflow-wrap:anywhere}.events{width:100%}.events td:first-child{white-space:nowrap;color:var(--quiet)}
        table{border-collapse:collapse;font-size:.875rem;line-height:1.45}
        th,td{border-bottom:1px solid var(--line);padding:.3rem .9rem .3rem 0;text-align:left;vertical-align:top}
        @media(max-width:48rem){.findings tr:first-child{display:none}.findings tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}.findings td{display:inline-block;border:0;padding:0 .7rem 0 0;overflow-wrap:anywhere}.findings td:last-child{display:block}}
        th{color:var(--quiet);font-weight:600}.center{text-align:center}.right{text-align:right}
        """;

    private const string Code = """
        .code .k{color:var(--tool)}.code .s{color:var(--text)}.code .m{color:var(--user)}.code .n{color:var(--number)}.code .c{color:var(--quiet);font-style:italic}.code .v{color:var(--system)}
        """;

    private const string Stream = """
        .stream{margin:0 0 1rem}figcaption{font-size:.75rem;color:var(--quiet)}
        figcaption i{display:inline-block;width:.7em;height:.7em;border-radius:2px;margin-left:.4em}
        i.say{background:var(--assistant)}i.think{background:var(--system)}i.call{background:var(--tool)}i.sound{background:var(--user)}
        .strip{display:block;width:100%;height:24px;border-bottom:1px solid var(--line)}
        .strip .say{fill:var(--assistant)}.strip .think{fill:var(--system)}.strip .call{fill:var(--tool)}.strip .sound{fill:var(--user)}
        """;

    private const string Waterfall = """
        .waterfall{margin:0 0 1rem;font-size:.8125rem}
        .lane{display:grid;grid-template-columns:minmax(6rem,12rem) 1fr 4rem;gap:.75rem;align-items:center;line-height:1.7}
        .lane .label{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.lane small{text-align:right}
        .track{position:relative;height:.8rem;background:var(--soft);border-radius:3px}
        .track i{position:absolute;top:0;bottom:0;min-width:2px;border-radius:3px;background:var(--assistant)}.track i.tool{background:var(--tool)}
        """;

    private const string List = """
        .entry{border-top:1px solid var(--line)}
        .entry>summary:hover b{text-decoration:underline}
        .entry>summary b,.entry>summary span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
        .entry>summary .file{display:block;white-space:nowrap;text-overflow:ellipsis}
        .entry{margin:0}.entry>summary{background:none;padding:.6rem .2rem .6rem 1.3rem;white-space:normal;position:relative}
        .entry>summary b::before{content:""}.entry>summary::before{position:absolute;left:.2rem}
        """;

    private const string Calls = """
        .source{padding:.9rem 0 .3rem;border-top:1px solid var(--line)}
        .source p{margin:0 0 .4rem;font:12px/1.6 var(--mono);color:var(--quiet)}
        .source .facts{margin:0 0 .4rem;gap:0 .9rem}.source .facts>div{background:none;padding:0}.source dt,.source dd{display:inline;font-size:.75rem}
        .source+.turn{border-top:0;padding-top:.4rem}
        """;

    private const string Folded = """
        .call>summary b{color:var(--tool)}.reasoning>summary b{color:var(--system);font-weight:500}
        .reasoning>p,.reasoning>.md{color:var(--quiet);padding-left:.75rem;border-left:2px solid var(--line)}
        """;

    private const string Widths = """
        @media(min-width:48rem){.turn{display:grid;grid-template-columns:8rem 1fr;column-gap:1.5rem}.said{min-width:0}.talk+footer{padding-left:9.5rem}}
        @media(max-width:30rem){dl:not(.facts)>div{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}.facts dd{margin:0}.entry>summary .file{white-space:normal}.events{font-size:.75rem}main{padding:1rem 1rem 3rem}.lane{grid-template-columns:6rem 1fr 3.2rem;gap:.4rem}}
        @media print{summary{background:none}.filter,.views,nav{display:none}}
        """;

    /// <summary>The parts of the style that most pages do not need, with what shows that a page needs them.</summary>
    private static readonly (string Mark, string Sheet)[] s_parts =
    [
        ("<div class=\"md\"", Markdown),
        ("<fieldset class=\"views\"", Views),
        ("<table", Table),
        ("<span class=\"", Code),
        ("<figure class=\"stream\"", Stream),
        ("<div class=\"waterfall\"", Waterfall),
        ("<details class=\"entry\"", List),
        ("<div class=\"source\"", Calls),
        ("<details class=\"", Folded),
    ];

    /// <summary>Replaces the place of the style by what the page needs of it.</summary>
    /// <param name="html">The page.</param>
    /// <param name="more">A style besides; empty for none.</param>
    public static void Fill(StringBuilder html, string more = "")
    {
        var page = html.ToString();
        var sheets = s_parts
            .Where(part => page.Contains(part.Mark, StringComparison.Ordinal))
            .Select(part => part.Sheet)
            .Prepend(Base)
            .Append(Widths)
            .Append(more)
            .Where(sheet => sheet.Length > 0);
        var at = page.IndexOf(Place, StringComparison.Ordinal);
        html.Remove(at, Place.Length).Insert(at, string.Join('\n', sheets));
    }
}
