namespace OpenAICassette.Transcripts;

/// <summary>
/// Contains the style of pages, and the script of those that list many conversations. Neither contains recorded text.
/// </summary>
internal static class HtmlStyle
{
    /// <summary>The style sheet: light and dark, one column on a phone, two on a desktop.</summary>
    public const string Sheet = """
        :root{color-scheme:light dark;--paper:#fdfcfa;--ink:#22211f;--quiet:#6f6a62;--line:#e5e0d8;--soft:#f4f1eb;--user:#1f5fa8;--assistant:#1d7a4f;--system:#85550f;--tool:#7a3fa0;--bad:#b3261e}
        @media(prefers-color-scheme:dark){:root{--paper:#171819;--ink:#e4e2de;--quiet:#98938a;--line:#303235;--soft:#202224;--user:#7db4f0;--assistant:#6fcb9f;--system:#dcae63;--tool:#c79be6;--bad:#f28b82}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
        main{max-width:58rem;margin:0 auto;padding:2rem 1.25rem 4rem}
        h1{font-size:1.25rem;line-height:1.35;font-weight:650;letter-spacing:-.01em;margin:0 0 .25rem}
        .about{color:var(--quiet);font-size:.875rem;margin:0 0 2rem}
        .about a,.list a{color:inherit}
        .turn{padding:1.1rem 0;border-top:1px solid var(--line)}
        .turn h3{margin:0 0 .3rem;font-size:.8125rem;line-height:1.6rem;font-weight:650;letter-spacing:.01em;color:var(--quiet)}
        .turn h3 small{font-weight:400;color:var(--quiet)}
        .user h3{color:var(--user)}.assistant h3{color:var(--assistant)}.system h3,.developer h3{color:var(--system)}.tool h3{color:var(--tool)}.error h3,.refusal{color:var(--bad)}
        .system .said,.developer .said{color:var(--quiet)}
        .said>:first-child{margin-top:0}.said>:last-child{margin-bottom:0}
        p{margin:0 0 .75rem;white-space:pre-wrap}
        img{display:block;max-width:min(100%,28rem);max-height:28rem;border-radius:6px;border:1px solid var(--line);margin:0 0 .75rem}
        small{font-size:.8125rem;color:var(--quiet)}
        .media a{color:var(--user)}
        pre.code{margin:.5rem 0 .75rem;padding:.75rem .9rem;background:var(--soft);border-radius:6px;overflow-x:auto;font:13px/1.55 ui-monospace,SFMono-Regular,Consolas,"Liberation Mono",monospace;tab-size:4;overflow-wrap:normal}
        details pre.code{white-space:pre-wrap;overflow-wrap:anywhere;max-height:32rem;overflow:auto}
        details{margin:0 0 .6rem}
        summary{cursor:pointer;list-style:none;border-radius:6px;padding:.3rem .6rem;background:var(--soft);font-size:.875rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        summary::-webkit-details-marker{display:none}
        summary::before{content:"▸";display:inline-block;width:1.1em;color:var(--quiet)}
        details[open]>summary::before{content:"▾"}
        summary:focus-visible,input:focus-visible,a:focus-visible{outline:2px solid var(--user);outline-offset:2px}
        summary b{font-weight:600}summary span,summary i{color:var(--quiet);font-style:normal}
        .call>summary b{color:var(--tool)}.reasoning>summary b{color:var(--system);font-weight:500}
        .reasoning p{color:var(--quiet);padding-left:.75rem;border-left:2px solid var(--line);margin-top:.6rem}
        .source{margin:0;padding:.5rem 0 0;border-top:1px solid var(--line);font:12px/1.6 ui-monospace,SFMono-Regular,Consolas,monospace;color:var(--quiet)}
        .source+.turn{border-top:0;padding-top:.4rem}
        footer{border-top:1px solid var(--line);padding-top:1rem;color:var(--quiet);font-size:.875rem}
        .strip{display:block;width:100%;height:24px;margin:0 0 .5rem;border-bottom:1px solid var(--line)}
        .strip .say{fill:var(--assistant)}.strip .think{fill:var(--system)}.strip .call{fill:var(--tool)}
        .end{margin:0 0 .75rem}
        h4{margin:1rem 0 .25rem;font-size:.875rem;color:var(--ink)}
        dl{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.15rem 1rem;margin:.6rem 0;font-size:.8125rem}
        dt{color:var(--quiet)}dd{margin:0;min-width:0;white-space:pre-wrap;font-family:ui-monospace,SFMono-Regular,Consolas,monospace;max-height:16rem;overflow:auto}
        .filter{width:100%;font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:.5rem .8rem;margin:.75rem 0 .35rem}
        .filter::placeholder{color:var(--quiet);opacity:1}
        .found{display:block;min-height:1.3rem;margin:0 0 .5rem;font-size:.8125rem;line-height:1.3rem;color:var(--quiet)}
        .list{list-style:none;margin:0;padding:0}
        .list li,.entry{border-top:1px solid var(--line)}
        .list a{display:block;padding:.6rem .2rem;text-decoration:none}
        .list a:hover b,.entry>summary:hover b{text-decoration:underline}
        .list b,.entry>summary b{font-weight:600}.list span{color:var(--quiet);font-size:.875rem}
        .list b,.list span,.entry>summary span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
        .list .file,.entry>summary .file{font:12px/1.6 ui-monospace,SFMono-Regular,Consolas,monospace;display:block;white-space:nowrap;text-overflow:ellipsis}
        .entry{margin:0}.entry>summary{background:none;padding:.6rem .2rem;white-space:normal}
        .entry>summary span{margin-left:.9625rem}
        .entry>.talk{margin-top:.5rem}
        [hidden]{display:none}
        @media(min-width:48rem){.turn{display:grid;grid-template-columns:8rem 1fr;column-gap:1.5rem}.said{min-width:0}.talk+footer{padding-left:9.5rem}}
        @media(max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}main{padding:1.25rem 1rem 3rem}}
        @media print{summary{background:none}.filter{display:none}}
        """;

    /// <summary>Hides the entries that do not contain every word of the filter, and shows their number.</summary>
    public const string Script = """
        const all=[...document.querySelectorAll('.list>li,.entry')],found=document.querySelector('.found'),texts=new Map();
        document.querySelector('.filter').addEventListener('input',e=>{const words=e.target.value.toLowerCase().split(/\s+/).filter(Boolean);let shown=0;for(const i of all){if(!texts.has(i))texts.set(i,i.textContent.toLowerCase());i.hidden=!words.every(x=>texts.get(i).includes(x));shown+=!i.hidden}found.textContent=words.length?shown+' of '+all.length:''})
        """;
}
