import { chromium } from 'playwright-core';
// node shot.mjs base out path:lang:theme:width ...
const [base,out,...jobs]=process.argv.slice(2);
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
for(const j of jobs){const [p,lang,theme,width]=j.split('|');const c=await b.newContext({colorScheme:theme,viewport:{width:+width,height:900}});const pg=await c.newPage();const u=new URL(p,base);u.searchParams.set('lang',lang);await pg.goto(u.href);await pg.evaluate(()=>document.fonts.ready);await pg.screenshot({path:`${out}/${p.replace(/[^a-z0-9]+/gi,'_')}.${lang}.${theme}.${width}.png`,fullPage:true});await c.close();}
await b.close();
