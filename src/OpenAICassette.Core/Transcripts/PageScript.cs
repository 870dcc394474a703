namespace OpenAICassette.Transcripts;

/// <summary>Contains the scripts of pages that list conversations. They contain no recorded text.</summary>
internal static class PageScript
{
    /// <summary>Hides the entries that do not contain every word of the filter, and shows their number.</summary>
    public const string Filter = """
        const all=[...document.querySelectorAll('.entry')],found=document.querySelector('.found'),texts=new Map();
        document.querySelector('.filter').addEventListener('input',e=>{const words=e.target.value.toLowerCase().split(/\s+/).filter(Boolean);let shown=0;for(const i of all){if(!texts.has(i))texts.set(i,i.textContent.toLowerCase());i.hidden=!words.every(x=>texts.get(i).includes(x));shown+=!i.hidden}found.textContent=words.length?shown+' of '+all.length:''})
        """;

    /// <summary>
    /// Shows the index of a site: loads its rows, filters, sorts and groups them, shows a hundred at a time, keeps its
    /// state in the address, and loads the words of the text when they are searched.
    /// </summary>
    public const string Index = """
        'use strict';
        const $=s=>document.querySelector(s),perPage=100,{files,shards,total}=JSON.parse($('#site').textContent);
        const names=['asked','said','model','status','tokens','time','file'],choices=['model','endpoint','status','tool'];
        const rows=[],words=new Map(),state={};
        let loaded=0,hits=null,timer=0;
        const load=name=>new Promise((done,failed)=>{const s=document.createElement('script');s.src='index-data/'+name+'.js';s.onload=done;s.onerror=failed;document.head.append(s)});
        globalThis.cassetteRows=text=>{
          const lines=text.split('\n'),values=lines[0].split('\t');
          for(const line of lines.slice(1)){
            const f=line.split('\t'),v=i=>values[parseInt(f[i],36)],path=f[0],input=+f[9]||0,output=+f[10]||0;
            rows.push({id:rows.length,path,file:path.slice(path.lastIndexOf('/')+1),folder:path.slice(0,path.lastIndexOf('/')+1)||'./',href:f[1]||path.split('/').map(encodeURIComponent).join('/').replace(/[!'()*]/g,c=>'%'+c.charCodeAt(0).toString(16).toUpperCase())+'.html',asked:f[2],said:f[3],model:v(4),endpoint:v(5),status:v(6),tools:v(7)?v(7).split(' '):[],test:v(8),tokens:input+output,time:f[11]===''?-1:+f[11],started:f[12],bad:f[13]==='1'});
          }
        };
        globalThis.cassetteWords=(shard,text)=>words.set(shard,text.split('\n').map(l=>l.split('\t')));
        const terms=q=>(q.toLowerCase().match(/[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])[\p{L}\p{Nd}])+/gu)||[]).map(w=>w.slice(0,40));
        const shardOf=w=>(w.charCodeAt(0)*31+(w.length>1?w.charCodeAt(1):0))%shards;
        const find=term=>{const ids=new Set();for(const [w,list] of words.get(shardOf(term)))if(w===term||(term.length>1&&w.startsWith(term))){let id=0;for(const d of list.split(' ')){id+=parseInt(d,36);ids.add(id)}}return ids};
        async function search(){
          const asked=terms(state.q||''),q=state.q;
          if(!asked.length){hits=null;return}
          $('.found').textContent='searching…';
          for(const s of new Set(asked.map(shardOf)))if(!words.has(s))await load('words-'+s).catch(()=>words.set(s,[]));
          if(q===state.q)hits=asked.map(find).reduce((a,b)=>new Set([...a].filter(x=>b.has(x))));
        }
        const keep=r=>(!hits||hits.has(r.id))&&(!state.model||r.model===state.model)&&(!state.endpoint||r.endpoint===state.endpoint)&&(!state.status||r.status===state.status)&&(!state.tool||r.tools.includes(state.tool))&&(!state.test||r.test.includes(state.test));
        const groupOf=r=>state.group?r[state.group]||'–':'';
        const compare=(a,b)=>a<b?-1:a>b?1:0;
        function sorted(list){
          const desc=(state.sort||'')[0]==='-',by=(state.sort||'').replace('-','');
          if(!by&&!state.group)return list;
          return [...list].sort((a,b)=>compare(groupOf(a),groupOf(b))||(by?compare(a[by],b[by])*(desc?-1:1):0)||a.id-b.id);
        }
        const middle=(t,n)=>t.length<=n?t:t.slice(0,n-13)+'…'+t.slice(-12);
        const cell=(tr,name,text,title)=>{const td=tr.insertCell();td.className=name;td.textContent=text;if(title)td.title=title;return td};
        function show(){
          const list=sorted(rows.filter(keep)),last=Math.max(1,Math.ceil(list.length/perPage)),page=Math.min(Math.max(+state.page||1,1),last),body=$('.rows tbody');
          body.textContent='';
          let group='';
          for(const r of list.slice((page-1)*perPage,page*perPage)){
            if(groupOf(r)!==group){group=groupOf(r);const g=body.insertRow();g.className='group';const td=g.insertCell();td.colSpan=names.length;td.textContent=group+' · '+list.filter(x=>groupOf(x)===group).length}
            const tr=body.insertRow(),a=document.createElement('a');
            a.href=r.href;a.textContent=r.asked||r.endpoint;a.dir='auto';cell(tr,'asked','',r.asked).append(a);
            cell(tr,'said',r.said,r.said).dir='auto';cell(tr,'model',r.model,r.model+(r.tools.length?'\ntools: '+r.tools.join(', '):''));
            cell(tr,r.bad?'status bad':'status',r.status);cell(tr,'tokens',r.tokens?r.tokens.toLocaleString('en'):'');cell(tr,'time',r.time<0?'':(r.time/1000).toFixed(2)+' s',r.started);
            cell(tr,'file',middle(r.file,22),r.path+(r.test?'\n'+r.test:''));
          }
          const part=list.length<total?list.length.toLocaleString('en')+' of '+total.toLocaleString('en')+' conversations':'';
          $('.found').textContent=loaded<files?'loading…':part;
          $('.pages').hidden=last<2;$('#page').textContent=page+' of '+last;$('#prev').disabled=page<2;$('#next').disabled=page>=last;
          for(const b of document.querySelectorAll('.rows th button')){const n=b.parentNode.className,s=state.sort||'';b.parentNode.setAttribute('aria-sort',s===n?'ascending':s==='-'+n?'descending':'none');b.textContent=b.dataset.label+(s===n?' ↑':s==='-'+n?' ↓':'')}
        }
        function fill(){
          for(const name of choices){
            const counts=new Map(),select=$('#'+name);
            for(const r of rows)for(const v of name==='tool'?new Set(r.tools):[r[name]])if(v)counts.set(v,(counts.get(v)||0)+1);
            select.replaceChildren(new Option('any '+name,''),...[...counts].sort((a,b)=>b[1]-a[1]||compare(a[0],b[0])).map(([v,n])=>new Option(v+' ('+n.toLocaleString('en')+')',v)));
            select.value=state[name]||'';
          }
          $('#tests').replaceChildren(...[...new Set(rows.map(r=>r.test).filter(Boolean))].sort().slice(0,2000).map(t=>new Option('',t)));
        }
        function read(){for(const k of Object.keys(state))delete state[k];for(const [k,v] of new URLSearchParams(location.hash.slice(1)))state[k]=v;for(const i of ['q','test','group'])$('#'+i).value=state[i]||'';for(const n of choices)$('#'+n).value=state[n]||''}
        function write(){const p=new URLSearchParams(Object.entries(state).filter(([,v])=>v&&v!=='1'));history.replaceState(null,'','#'+p)}
        async function change(key,value,page){state[key]=value;if(!page)delete state.page;write();if(key==='q')await search();show();if(page)scrollTo(0,0)}
        for(const name of ['q','test'])$('#'+name).addEventListener('input',e=>{clearTimeout(timer);timer=setTimeout(()=>change(name,e.target.value),150)});
        for(const name of [...choices,'group'])$('#'+name).addEventListener('change',e=>change(name,e.target.value));
        for(const b of document.querySelectorAll('.rows th button')){b.dataset.label=b.textContent;b.addEventListener('click',()=>{const n=b.parentNode.className,s=state.sort||'',first=n==='tokens'||n==='time'?'-'+n:n,second=first===n?'-'+n:n;change('sort',s===first?second:s===second?'':first)})}
        $('#prev').addEventListener('click',()=>change('page',String((+state.page||1)-1),true));
        $('#next').addEventListener('click',()=>change('page',String((+state.page||1)+1),true));
        addEventListener('hashchange',async()=>{read();await search();show()});
        (async()=>{read();for(let i=0;i<files;i++){await load('rows-'+i).catch(()=>{});loaded=i+1;if(i===0||loaded===files){if(loaded===files)fill();if(!state.q)show()}}await search();show()})();
        """;
}
