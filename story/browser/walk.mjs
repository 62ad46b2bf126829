// Walks through the demo as a new person does, in two languages, by clicking only:
// feed -> why a slot was decided so -> the campaign behind an ad -> a placement -> the desk.
//
//   node walk.mjs [--shots folder] http://localhost:8080
//
// CHROMIUM names the browser. Exit code 0: it could be walked; 2: what was in the way; 64: wrong arguments.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const args = process.argv.slice(2);
const at = args.indexOf('--shots');
const shots = at < 0 ? '' : args.splice(at, 2)[1];
const [base] = args;
if (!base) { console.error('usage: node walk.mjs [--shots folder] <base>'); process.exit(64); }
if (shots) mkdirSync(shots, { recursive: true });

const findings = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

async function walk(lang) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  let step = 'start';
  const must = (holds, what) => { if (!holds) throw new Error(what); };
  const shot = async () => { if (shots) await page.screenshot({ path: `${shots}/walk.${lang}.${step}.png`, fullPage: true }); };
  const inLanguage = async () => must(await page.evaluate(() => document.documentElement.lang) === lang, 'the language was lost');
  try {
    step = '1-feed';
    await page.goto(new URL(`/feed?lang=${lang}`, base).href);
    await inLanguage();
    await shot();

    step = '2-slot';
    // The second slot of the same decision: the link must show that decision, not make a new one.
    const decision = await page.locator('.insp code').first().innerText();
    await page.locator('.feed a[href*="slot="]').last().click();
    await page.waitForURL(/slot=/);
    await inLanguage();
    must(await page.locator('.insp code').first().innerText() === decision, 'another decision is explained');
    must(await page.locator('.insp tbody tr').count() > 0, 'no candidate is listed');
    await shot();

    step = '3-campaigns';
    await page.locator('a[href="/desk"]').first().click();
    await page.locator('nav a[href="/campaigns"]').first().click();
    await page.locator('main table a[href^="/campaigns/"]').first().click();
    await page.waitForURL(/campaigns\/cmp_/);
    await inLanguage();
    await shot();

    step = '4-placement';
    const placed = page.locator('.triple a[href*="/feed?at="]').first();
    must(await placed.count() === 1, 'no placement leads to its decision');
    await placed.click();
    await page.waitForURL(/at=/);
    await inLanguage();
    must(await page.locator('.insp tbody tr').count() > 0, 'the recorded decision has no candidates');
    await shot();

    step = '5-desk';
    await page.locator('a[href="/desk"]').first().click();
    await page.waitForURL(/desk/);
    await inLanguage();
    await page.locator('main table tbody th a').first().click();
    await page.waitForURL(/advertiser=/);
    must(await page.locator('#h-tl').count() === 1, 'the story of an advertiser does not open');
    await shot();
  } catch (e) {
    findings.push(`${lang} ${step}: ${e.message.split('\n')[0]}`);
  }
}

try { for (const lang of ['en', 'ar']) await walk(lang); } finally { await browser.close(); }
for (const finding of findings) console.log(finding);
console.log(`walked in 2 languages, ${findings.length} findings`);
process.exit(findings.length ? 2 : 0);
