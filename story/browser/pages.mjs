// Looks at pages in Chromium, in two languages, two themes and several widths, and says what is wrong with them.
//
//   node pages.mjs [--first /in/<link>] [--cookie name=value] [--shots folder] [--quick] http://localhost:8080 /desk /feed '/ads?q=x'
//
// A path may hold {lang}; otherwise ?lang= is added. A page has to answer 200, or what stands before it: 403:/in/unknown. --first is opened once in each context, to sign in;
// --cookie is a session that is there already.
// CHROMIUM names the browser. Exit code 0: nothing found; 2: findings, one a line; 64: wrong arguments.
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const AXE_WIDTHS = [1440, 390];
const WIDTHS = [1440, 768, 390, 320];
// The aim is 250 KB, and 60 KB without fonts. Pages and styles go out uncompressed, so it is missed: no page may grow further.
const MOST_BYTES = { all: 340_000, withoutFonts: 145_000 };

const args = process.argv.slice(2);
const take = name => { const i = args.indexOf(name); return i < 0 ? '' : args.splice(i, 2)[1]; };
const first = take('--first'), cookie = take('--cookie'), shots = take('--shots');
const quick = args.includes('--quick') && args.splice(args.indexOf('--quick'), 1).length > 0;
const [base, ...paths] = args;
if (!base || paths.length === 0) { console.error('usage: node pages.mjs [--first path] [--shots folder] [--quick] <base> <path>...'); process.exit(64); }
if (shots) mkdirSync(shots, { recursive: true });

/** Figures in right-to-left pages that no isolate holds: they may swap with what stands beside them. */
function looseFigures() {
  if (document.documentElement.dir !== 'rtl') return [];
  const loose = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    if (!/[0-9\u0660-\u0669]/.test(n.data)) continue;
    if (n.parentElement.closest('bdi,code,pre,.num,script,style,[dir=auto],[dir=rtl]:not(html),[dir=ltr]:not(.chart),option,.mono')) continue;
    loose.push(n.data.trim().slice(0, 60));
  }
  return loose;
}

/** Bytes that the page and what it loads take on the wire, also what the browser still had: fonts, and the rest. The pictures of ads are
    content, as large as advertisers made them, and do not count. */
function weight() {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter(one => !new URL(one.name).pathname.startsWith('/pictures/'));
  const bytes = of => of.reduce((sum, one) => sum + one.encodedBodySize, 0);
  const isFont = one => /\.woff2?(\?|$)/.test(one.name);
  return { fonts: bytes(all.filter(isFont)), rest: bytes(all.filter(one => !isFont(one))) };
}

/** What reaches furthest out of the page, for the finding. */
function widest() {
  const out = e => { const r = e.getBoundingClientRect(); return Math.max(r.right - innerWidth, -r.left); };
  const all = [...document.querySelectorAll('body *')].filter(e => !e.parentElement.closest('.scroll,.stick'));
  const far = all.reduce((a, b) => (out(b) > out(a) ? b : a));
  return `${far.tagName.toLowerCase()}.${far.className?.baseVal ?? far.className} "${far.textContent.trim().slice(0, 40)}"`;
}

const findings = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
let runs = 0;
const heaviest = { all: 0, withoutFonts: 0 };
try {
  for (const theme of quick ? ['light'] : ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme: theme, bypassCSP: false });
    if (cookie) await context.addCookies([{ name: cookie.split('=')[0], value: cookie.split('=')[1], url: base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Lax' }]);
    const page = await context.newPage();
    let where = '';
    const say = what => findings.push(`${where}: ${what}`);
    // A page may answer 403 or 404 on purpose, which the browser reports at the page's own address.
    page.on('console', m => { if (['error', 'warning'].includes(m.type()) && where && m.location().url !== page.url()) say(`console: ${m.text()}`); });
    page.on('pageerror', e => say(`script: ${e.message}`));
    if (first) await page.goto(new URL(first, base).href);
    for (const asked of paths) for (const lang of ['en', 'ar']) {
      const [, status = '200', path] = asked.match(/^(?:(\d{3}):)?(.*)$/);
      const url = new URL(path.replaceAll('{lang}', lang), base);
      if (!path.includes('{lang}')) url.searchParams.set('lang', lang);
      for (const width of WIDTHS) {
        where = `${path} ${lang} ${theme} ${width}`;
        await page.setViewportSize({ width, height: 900 });
        const answer = await page.goto(url.href, { waitUntil: 'load' });
        if (answer.status() !== Number(status)) say(`answers ${answer.status()}, not ${status}`);
        await page.evaluate(() => document.fonts.ready);
        const seen = await page.evaluate(() => ({
          over: document.documentElement.scrollWidth - innerWidth,
          lang: document.documentElement.lang, dir: document.documentElement.dir,
          h1: document.querySelectorAll('h1').length, inline: document.querySelectorAll('script:not([src]):not([type="application/json"]),[onclick],style').length,
        }));
        if (seen.over > 0) say(`overflows by ${seen.over} px: ${await page.evaluate(widest)}`);
        if (seen.lang !== lang || seen.dir !== (lang === 'ar' ? 'rtl' : 'ltr')) say(`is ${seen.lang} ${seen.dir}`);
        if (seen.h1 !== 1) say(`has ${seen.h1} h1`);
        if (seen.inline > 0) say(`has ${seen.inline} inline scripts or styles`);
        const { fonts, rest } = await page.evaluate(weight);
        heaviest.all = Math.max(heaviest.all, fonts + rest);
        heaviest.withoutFonts = Math.max(heaviest.withoutFonts, rest);
        if (fonts + rest > MOST_BYTES.all) say(`weighs ${fonts + rest} bytes`);
        if (rest > MOST_BYTES.withoutFonts) say(`weighs ${rest} bytes without fonts`);
        if (!AXE_WIDTHS.includes(width)) continue;
        for (const text of await page.evaluate(looseFigures)) say(`figure outside an isolate: "${text}"`);
        if (shots) await page.screenshot({ path: `${shots}/${path.replace(/[^a-z0-9]+/gi, '-')}.${lang}.${theme}.${width}.png`, fullPage: true });
        await page.evaluate(AXE); runs++;
        const { violations } = await page.evaluate(tags => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), TAGS);
        for (const v of violations) say(`axe ${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`);
      }
    }
    where = '';
    await context.close();
  }
} finally { await browser.close(); }
for (const finding of new Set(findings)) console.log(finding);
console.log(`${paths.length} pages, ${runs} axe runs, heaviest ${heaviest.all} bytes (${heaviest.withoutFonts} without fonts), ${findings.length} findings`);
process.exit(findings.length ? 2 : 0);
