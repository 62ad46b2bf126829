// Goes through pages with the keyboard alone, in two languages: what can be pressed is reached by Tab, in no trap, and
// its focus is seen; the first press offers to skip to the page; / goes to the search; a campaign is paused and resumed.
//
//   node keys.mjs [--first /in/<link>] http://localhost:8080 /desk /campaigns ...
//
// --first is opened once, to sign in.
// CHROMIUM names the browser. Exit code 0: nothing found; 2: findings, one a line; 64: wrong arguments.
import { chromium } from 'playwright-core';

const args = process.argv.slice(2);
const at = args.indexOf('--first');
const first = at < 0 ? '' : args.splice(at, 2)[1];
const [base, ...paths] = args;
if (!base || paths.length === 0) { console.error('usage: node keys.mjs [--first path] <base> <path>...'); process.exit(64); }

const findings = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/** Marks what Tab has to reach, and says how many those are. Of radio buttons of one name, Tab reaches one. */
function mark() {
  const all = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"]')];
  const shown = all.filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }));
  const names = new Set();
  let count = 0;
  for (const e of shown) {
    if (e.type === 'radio') { if (names.has(e.name)) continue; names.add(e.name); }
    e.dataset.toReach = e.type === 'radio' ? `radio ${e.name}` : String(count);
    count++;
  }
  for (const e of shown) if (e.type === 'radio') e.dataset.toReach = `radio ${e.name}`;
  return count;
}

/** Where the focus is, and whether one sees it. */
function focused() {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect();
  // A control may lend its ring to what stands around it, or stand beside what shows it.
  const ring = [e, e.parentElement, e.nextElementSibling].filter(Boolean).some(x => {
    const s = getComputedStyle(x);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
  });
  return {
    mark: e.dataset.toReach ?? '', text: (e.innerText || e.getAttribute('aria-label') || e.name || e.tagName).trim().slice(0, 40),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
    ring, type: e.type ?? '',
  };
}

async function tabThrough(page, where) {
  const count = await page.evaluate(mark);
  const reached = new Set();
  let unmarked = 0, before = '';
  for (let presses = 0; presses < 2 * count + 30; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(focused);
    if (!at) break;
    // Boxes that scroll take the focus too, without being marked.
    if (at.mark === '' && ++unmarked > 30) break;
    // A date has a stop for each of its parts; anything else that comes again begins the page anew.
    if (at.mark !== '' && at.mark !== before && reached.has(at.mark)) break;
    reached.add(before = at.mark);
    if (!at.inView) findings.push(`${where}: the focus is out of sight on "${at.text}"`);
    // A date marks the part of it that has the focus by itself.
    if (!at.ring && at.type !== 'date') findings.push(`${where}: the focus is not seen on "${at.text}"`);
  }
  const missed = await page.evaluate(all => [...document.querySelectorAll('[data-to-reach]')]
    .filter(e => !all.includes(e.dataset.toReach)).map(e => (e.innerText || e.name || e.tagName).trim().slice(0, 40)), [...reached]);
  for (const text of new Set(missed)) findings.push(`${where}: Tab does not reach "${text}"`);
  return count;
}

async function look(page, path, lang) {
  const where = `${path} ${lang}`;
  const url = new URL(path, base);
  url.searchParams.set('lang', lang);
  await page.goto(url.href);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement.className);
  if (first !== 'skip') findings.push(`${where}: the first press of Tab does not offer to skip to the page`);
  await page.keyboard.press('Enter');
  if (!new URL(page.url()).hash.endsWith('#main')) findings.push(`${where}: the skip link goes nowhere`);
  await page.keyboard.press('Tab');
  const inMain = await page.evaluate(() => document.activeElement === document.body || document.querySelector('main').contains(document.activeElement));
  if (!inMain) findings.push(`${where}: after skipping, Tab is not in the page`);
  await page.goto(url.href);
  if (await page.locator('input[type=search]').count() > 0) {
    await page.keyboard.press('/');
    if (await page.evaluate(() => document.activeElement.type) !== 'search') findings.push(`${where}: / does not go to the search`);
    await page.goto(url.href);
  }
  return tabThrough(page, where);
}

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(s => document.activeElement?.matches(s), selector)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

/** From the desk to a campaign, which is paused and resumed: no pointer is used. */
async function act(page, lang) {
  let step = 'desk';
  try {
    await page.goto(new URL(`/desk?lang=${lang}`, base).href);
    step = 'to the campaigns';
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.waitForURL(/\/campaigns/);
    step = 'to a campaign';
    await tabTo(page, 'main table a[href^="/campaigns/cmp_"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/campaigns\/cmp_/);
    const campaign = page.url();
    for (const verb of ['pause', 'resume']) {
      step = verb;
      await page.goto(campaign);
      await tabTo(page, `form[action$="/${verb}"] [name=reason]`);
      await page.keyboard.type(lang === 'ar' ? 'تجربة لوحة المفاتيح' : 'tried by keyboard');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('[role=status]').first().waitFor({ timeout: 15_000 });
    }
  } catch (e) {
    findings.push(`${lang} ${step}: ${e.message.split('\n')[0]}`);
  }
}

let reached = 0;
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  if (first) await page.goto(new URL(first, base).href);
  for (const lang of ['en', 'ar']) {
    for (const path of paths) reached += await look(page, path, lang);
    await act(page, lang);
  }
} finally { await browser.close(); }
for (const finding of new Set(findings)) console.log(finding);
console.log(`${paths.length} pages in 2 languages, ${reached} stops, ${findings.length} findings`);
process.exit(findings.length ? 2 : 0);
