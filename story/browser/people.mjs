// Walks through people and four eyes on a new server, in a real browser with a virtual passkey device:
// set up -> invite -> join and sign in on a phone -> pause and resume -> a raise that needs a second person ->
// approve on the phone -> the audit log -> a key, a password and a second factor -> suitability terms made, edited, saved with two presses and signed -> the
// advertiser's own person disputes, finance answers and accepts -> a first campaign step by step -> edited, copied,
// changed in a file -> a report saved as a view, a webhook. In two languages, then looks at every page about people, and
// at the form of terms and a dispute in each of their states.
//
//   node people.mjs [--shots folder] /path/of/mizan.jar
//
// CHROMIUM names the browser, JAVA_HOME the JDK. Exit code 0: it could be walked; 2: findings, one a line; 64: wrong
// arguments.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const args = process.argv.slice(2);
const at = args.indexOf('--shots');
const shots = at < 0 ? '' : args.splice(at, 2)[1];
const [jar] = args;
if (!jar) { console.error('usage: node people.mjs [--shots folder] <mizan.jar>'); process.exit(64); }
if (shots) mkdirSync(shots, { recursive: true });
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';

/** A server on data of its own: where it is, the link of its first start, its first key. */
async function start(folder) {
  const server = spawn(java, ['--enable-native-access=ALL-UNNAMED', '-jar', jar, 'start', '--port', '0', '--folder', folder, '--confirm-minutes', '0']);
  let said = '';
  const found = await new Promise((resolve, reject) => {
    const take = data => {
      said += data;
      const setUp = /(http:\/\/localhost:\d+)(\/join\/\S+)/.exec(said), key = /mz_live_\w+/.exec(said);
      if (setUp && key) resolve({ base: setUp[1], setUp: setUp[2], key: key[0] });
    };
    server.stdout.on('data', take); server.stderr.on('data', take);
    server.on('exit', () => reject(new Error(`the server did not start: ${said}`)));
  });
  return { ...found, stop: () => server.kill() };
}

/** Calls the API as a program does. */
async function call(at, method, path, body) {
  const answer = await fetch(at.base + path, {
    method, body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${at.key}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function book(at) {
  const advertiser = await call(at, 'POST', '/v1/advertisers', { name: { en: 'Nordlys', ar: 'نورديليس' }, payer: 'Nordlys', currency: 'USD' });
  const campaign = await call(at, 'POST', '/v1/campaigns', {
    advertiser: advertiser.id, name: { en: 'Winter', ar: 'شتاء' }, entity_status: 'ACTIVE',
    budget: { total_micros: 2_000_000_000 }, flight: { start: '2026-01-01T00:00:00Z' },
  });
  return campaign.id;
}

/** A browser with a passkey device of its own. */
async function person(browser, viewport) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true } });
  /** A copy of the device, as a thief has it: it has signed less often than the device itself. */
  const copied = async signCount => {
    const { credentials: [one] } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: one.credentialId });
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...one, signCount } });
    return one.signCount;
  };
  return { context, page, copied };
}

/** A code of a second factor (RFC 6238). */
function totp(secret) {
  const bits = [...secret].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)))).update(step).digest();
  const from = hash[19] & 15;
  return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const LANGUAGES = process.env.LANGUAGES?.split(',') ?? ['ar', 'en'];
const findings = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

async function walk(lang) {
  const folder = mkdtempSync(join(tmpdir(), 'mizan-people-'));
  let step = 'start', page;
  const must = (holds, what) => { if (!holds) throw new Error(what); };
  const shot = async () => { if (shots) await page.screenshot({ path: `${shots}/people.${lang}.${step}.png`, fullPage: true }); };
  /** Looks at the page as it stands, which no address brings back: two themes, two widths. */
  const look = async () => {
    const size = page.viewportSize();
    for (const theme of ['light', 'dark']) for (const width of [390, 1440]) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 900 });
      const where = `${lang} ${step} ${theme} ${width}`;
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) findings.push(`${where}: overflows by ${over} px`);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const v of violations) findings.push(`${where}: axe ${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`);
      if (shots) await page.screenshot({ path: `${shots}/people.${lang}.${step}.${theme}.${width}.png`, fullPage: true });
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(size);
  };
  // A click is over when the answer begins: what it says may still be on its way.
  const said = async () => {
    await page.locator('[role=status]').first().waitFor({ timeout: 15_000 }).catch(() => {});
    await page.waitForLoadState('domcontentloaded');
    return await page.locator('[role=status]').count() === 1;
  };
  const at = await start(folder);
  try {
    const campaign = await book(at);
    const budget = async () => (await call(at, 'GET', `/v1/campaigns/${campaign}`)).budget.total_micros;
    const owner = await person(browser, { width: 1440, height: 900 });
    const approver = await person(browser, { width: 390, height: 844 });
    const listen = one => one.page.on('console', m => {
      if (m.type() === 'error' && !/status of 40[013]/.test(m.text())) findings.push(`${lang} ${step}: console: ${m.text()}`);
    });
    for (const one of [owner, approver]) listen(one);

    /** Whatever makes a way in asks again who sits there; what was entered goes along. */
    const proves = async () => {
      await page.locator('form[data-prefix="confirm_"] [data-act=passkey]').click();
      await page.waitForFunction(() => !document.querySelector('form[data-prefix="confirm_"]'));
      await page.waitForLoadState('domcontentloaded');
    };

    const joins = async (who, link, name, login) => {
      page = who.page;
      await page.goto(new URL(`${link}?lang=${lang}`, at.base).href);
      must(await page.evaluate(() => document.documentElement.lang) === lang, 'another language');
      await shot();
      await page.locator('[name=name]').fill(name);
      await page.locator('[name=login]').fill(login);
      await page.locator('[data-act=passkey]').click();
      await page.waitForURL(/\/account/);
      must(await said(), 'nothing says that the account was made');
    };

    step = '1-set-up';
    await joins(owner, at.setUp, 'Noor Haddad', 'noor@marsa.example');
    page = owner.page;
    await page.goto(at.base + at.setUp);
    must(/403/.test(await page.locator('main').innerText()) || await page.locator('form[data-passkey]').count() === 0, 'the link works twice');

    step = '2-rule';
    await page.goto(`${at.base}/approvals`);
    const rule = page.locator('form[action="/approvals/rules"]').first();
    await rule.locator('[name=above]').fill('1000');
    await rule.locator('button').click();
    await look();
    await proves();
    must(await said(), 'nothing says that the rule is set');
    await shot();

    step = '3-invite';
    await page.goto(`${at.base}/people`);
    await page.locator('form[action="/people"] [name=name]').fill('Omar');
    await page.locator('form[action="/people"] [name=role]').selectOption('FINANCE');
    await page.locator('form[action="/people"] button').click();
    await proves();
    const link = new URL((await page.locator('main pre').innerText()).trim()).pathname;
    await shot();

    step = '4-join';
    await joins(approver, link, 'Omar', 'omar@marsa.example');

    step = '5-sign-in';
    page = approver.page;
    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(/sign-in/);
    must((await page.goto(`${at.base}/desk`)).status() === 401, 'the desk is open to nobody');
    await shot();
    // The address was that of the desk before: what is gone is the form to sign in.
    const isIn = () => page.waitForFunction(() => !document.querySelector('form[data-passkey=get]'));
    await page.locator('[data-act=passkey]').click();
    await isIn();

    step = '5-copied-device';
    const signed = await approver.copied(0);
    await page.goto(`${at.base}/account`);
    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(/sign-in/);
    await page.locator('[data-act=passkey]').click();
    await page.locator('[role=alert]:visible').waitFor();
    must((await page.goto(`${at.base}/approvals`)).status() === 401, 'a passkey whose counter went back let somebody in');
    await approver.copied(signed + 10);
    await page.locator('[data-act=passkey]').click();
    await isIn();
    must((await page.goto(`${at.base}/approvals`)).status() === 200, 'the device itself is not let in');

    step = '6-pause';
    page = owner.page;
    await page.goto(`${at.base}/campaigns/${campaign}`);
    await page.locator('form[action$="/pause"] [name=reason]').fill('ads beside a fire');
    await page.locator('form[action$="/pause"] button').click();
    must(await said() && await page.locator('form[action$="/resume"]').count() === 1, 'it is not paused');
    must((await call(at, 'GET', `/v1/campaigns/${campaign}`)).entity_status === 'PAUSED', 'the book says otherwise');
    await shot();
    await page.locator('form[action$="/resume"] [name=reason]').fill('it is over');
    await page.locator('form[action$="/resume"] button').click();
    must((await call(at, 'GET', `/v1/campaigns/${campaign}`)).entity_status === 'ACTIVE', 'it did not resume');

    step = '7-raise';
    await page.locator('form[action$="/raise"] [name=budget]').fill('9000');
    await page.locator('form[action$="/raise"] [name=reason]').fill('sales went up');
    await page.locator('form[action$="/raise"] button').click();
    await page.waitForURL(/\/approvals\/apr_/);
    must(await page.locator('form[action$="/approve"]').count() === 0, 'who asked may approve');
    must(await budget() === 2_000_000_000, 'the budget changed without a second person');
    await shot();

    step = '8-approve-on-a-phone';
    page = approver.page;
    await page.goto(`${at.base}/approvals`);
    await page.locator('main table a[href^="/approvals/apr_"]').first().click();
    must(/2,?000/.test(await page.locator('.changes').innerText()) && /9,?000/.test(await page.locator('.changes').innerText()), 'it does not show what changes');
    must(/7,?000/.test(await page.locator('.said').innerText()), 'it does not show what it costs');
    must(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is wider than a phone');
    await shot();
    await page.locator('form[action$="/approve"] button.primary').click();
    must(await said(), 'nothing says that it was done');
    must(await budget() === 9_000_000_000, 'the budget did not change');
    await shot();

    step = '9-cut';
    page = owner.page;
    await page.goto(`${at.base}/campaigns/${campaign}`);
    await page.locator('form[action$="/reduce"] [name=budget]').fill('8500.50');
    await page.locator('form[action$="/reduce"] [name=reason]').fill('enough');
    await page.locator('form[action$="/reduce"] button').click();
    must(await budget() === 8_500_500_000, 'the budget was not cut');

    step = '10-audit';
    await page.goto(`${at.base}/audit`);
    const log = await page.locator('main table').innerText();
    for (const act of ['join', 'invite', 'pauseOnPage', 'resumeOnPage', 'raiseOnPage', 'approveOnPage', 'reduceOnPage', 'signInByPasskey'])
      must(log.includes(act), `the log has no ${act}`);
    await shot();

    step = '11-key';
    await page.goto(`${at.base}/keys`);
    await page.locator('form[action="/keys"] [name=name]').fill('feed');
    await page.locator('form[action="/keys"] [name=role]').selectOption('AUDITOR');
    await page.locator('form[action="/keys"] button').click();
    await proves();
    must(/^mz_live_\w{52}$/.test((await page.locator('main pre').innerText()).trim()), 'no key is shown');

    step = '11-account';
    await page.goto(`${at.base}/account`);
    await page.locator('form[action="/account/password"] [name=password]').fill('passwordpassword');
    await page.locator('form[action="/account/password"] button').click();
    await proves();
    must(await page.locator('[role=alert]:visible').count() > 0, 'a password that is soon guessed was taken');
    await page.locator('form[action="/account/password"] [name=password]').fill('grey herons stand in cold water');
    await page.locator('form[action="/account/password"] button').click();
    await proves();
    must(await said(), 'nothing says that the password is set');
    const secret = (await page.locator('#h-f ~ * pre, section:has(#h-f) pre').first().innerText()).trim();
    await page.locator('form[action="/account/second-factor"] [name=code]').fill(totp(secret));
    await page.locator('form[action="/account/second-factor"] button').click();
    await proves();
    must((await page.locator('section:has(#h-c) pre').innerText()).trim().split('\n').length === 8, 'there are no recovery codes');
    await look();
    await page.locator('form[action="/account/recovery-codes"] button').click();
    step = '11-confirm';
    await look();
    await proves();

    step = '12-new-terms';
    await page.goto(`${at.base}/new-terms`);
    await page.locator('[name=advertiser]').selectOption({ index: 1 });
    await page.locator('[name=name]').fill('Winter');
    await page.locator('[name=preset][value=strict]').check();
    await page.locator('[name="topic.hate"][value=SAFE]').check();
    await page.locator('[name=keywords]').fill('حرب\ncar crash');
    await page.locator('[name="language.ar"]').check();
    await page.locator('[name=reason]').fill('the first terms');
    await look();
    await page.locator('[name=act][value=save]').click();
    await page.waitForURL(/\/terms\/trm_/);
    must(await said(), 'nothing says that the terms were saved');
    const terms = new URL(page.url()).pathname;
    const version = async () => (await call(at, 'GET', `/v1/suitability-terms/${terms.split('/').at(-1)}`)).version;
    await look();

    step = '13-sign-terms';
    await page.locator('form[action$="/sign"] button').click();
    must(await said() && await page.locator('form[action$="/sign"]').count() === 0, 'it is not signed');
    must(/Noor Haddad/.test(await page.locator('main').innerText()), 'it does not say who signed');

    step = '14-edit-terms';
    await page.goto(`${at.base}${terms}/edit`);
    const before = await version();
    await page.locator('[name=preset][value=standard]').check();
    await page.locator('[name=keywords]').fill('حرب\nflood\n!!!');
    await page.locator('[name=before]').selectOption('2');
    await page.locator('[name=act][value=look]').click();
    must(await page.locator('[role=alert] li').count() === 1, 'a line that matches nothing is not named');
    await look();

    step = '15-look-at-terms';
    await page.locator('[name=keywords]').fill('حرب\nflood');
    await page.locator('[name=act][value=look]').click();
    must(await page.locator('.changes > div').count() === 4, 'the differences are not those of level, risk, posts above and words');
    must(/flood/.test(await page.locator('.changes ins').allInnerTexts()), 'what was added is not shown');
    must(await page.locator('#h-r').count() === 1, 'there is no dry run');
    must(await version() === before, 'looking saved something');
    await look();

    step = '16-save-terms-twice';
    await page.locator('[name=reason]').fill('more reach');
    await page.locator('[name=signs]').check();
    const ends = await page.evaluate(async () => {
      const form = document.getElementById('terms');
      const press = () => { const data = new FormData(form); data.append('act', 'save'); return fetch(form.action, { method: 'POST', body: data }); };
      return (await Promise.all([press(), press()])).map(answer => new URL(answer.url).pathname);
    });
    const held = /^\/approvals\/apr_/.test(ends[0]);
    must(ends[0] === ends[1] && (held || ends[0] === terms), `two presses lead to ${ends}`);
    must(await version() === (held ? before : before + 1), `two presses made ${await version() - before} versions`);
    await page.goto(at.base + ends[0]);
    await look();

    step = '17-invite-the-advertiser';
    await page.goto(`${at.base}/people`);
    await page.locator('form[action="/people"] [name=name]').fill('Layla');
    await page.locator('form[action="/people"] [name=role]').selectOption('BUYER');
    await page.locator('form[action="/people"] [name=advertiser]').selectOption({ index: 1 });
    await page.locator('form[action="/people"] button').click();
    await proves();
    const buyer = await person(browser, { width: 390, height: 844 });
    listen(buyer);
    await joins(buyer, new URL((await page.locator('main pre').innerText()).trim()).pathname, 'Layla', 'layla@nordlys.example');

    step = '18-dispute';
    page = buyer.page;
    await page.goto(`${at.base}/disputes`);
    await look();
    await page.locator('form[action="/disputes"] [name=reason]').selectOption('counts_differ');
    await page.locator('form[action="/disputes"] [name=impressions]').fill('١٢٠');
    await page.locator('form[action="/disputes"] [name=text]').fill('Our own log has 120.');
    await page.locator('form[action="/disputes"] button').click();
    await page.waitForURL(/\/disputes\/dsp_/);
    must(await said(), 'nothing says that the dispute is open');
    must(/120/.test(await page.locator('main table').innerText()), 'what the advertiser counted is not shown');
    must(await page.locator('form[action$="/answer"]').count() === 0, 'the advertiser may answer itself');
    const dispute = new URL(page.url()).pathname;
    await look();

    step = '19-answer';
    page = approver.page;
    await page.goto(at.base + dispute);
    await look();
    await page.locator('form[action$="/answer"] [name=outcome]').selectOption('ANSWERED');
    await page.locator('form[action$="/answer"] [name=text]').fill('We look into it.');
    await page.locator('form[action$="/answer"] button').click();
    must(await said(), 'nothing says that it is answered');
    await buyer.page.goto(at.base + dispute);
    await buyer.page.locator('form[action$="/note"] [name=text]').fill('Thank you.');
    await buyer.page.locator('form[action$="/note"] button.primary').click();
    await page.locator('form[action$="/answer"] [name=outcome]').selectOption('ACCEPTED');
    await page.locator('form[action$="/answer"] [name=text]').fill('You are right.');
    await page.locator('form[action$="/answer"] button').click();
    must((await call(at, 'GET', `/v1${dispute}`)).state === 'ANSWERED', 'what was not read was answered');
    await page.locator('form[action$="/answer"] [name=outcome]').selectOption('ACCEPTED');
    await page.locator('form[action$="/answer"] [name=text]').fill('You are right.');
    await page.locator('form[action$="/answer"] button').click();
    must((await call(at, 'GET', `/v1${dispute}`)).state === 'ACCEPTED', 'it is not accepted');
    page = buyer.page;
    await page.goto(at.base + dispute);
    must(await page.locator('main form').count() === 0, 'a dispute that is over goes on');
    await look();
    page = owner.page;

    step = '20-guide';
    await call(at, 'POST', '/v1/placements', { code: 'home', name: { en: 'Home', ar: 'الرئيسية' }, currency: 'USD', floor_cpm_micros: 500_000 });
    const posts = [{ id: 'post-1', author: '@salma', language: 'ar', text: 'وصلت القهوة الجديدة إلى المقهى اليوم' },
      { id: 'post-2', author: '@jon', language: 'en', text: 'The harbour was quiet this morning' },
      { id: 'post-3', author: '@mira', language: 'en', text: 'Bread from the new oven' }];
    await call(at, 'POST', '/v1/posts', { posts });
    await call(at, 'POST', '/v1/decisions', { placement: 'home', viewer: { language: lang }, posts: posts.map(({ id }) => id) });
    await page.goto(`${at.base}/campaigns`);
    await page.locator('main a[href="/first-campaign"]').click();
    await page.locator('[name=name]').fill('Oasis');
    await page.locator('[name=payer]').fill('Oasis Foods');
    await look();
    await page.locator('form[action="/first-campaign"] button').click();
    await page.waitForURL(/\/first-campaign\/adv_/);
    const guided = new URL(page.url()).pathname, adv = guided.split('/').at(-1);
    /** Fills the open step, looks at it, sends it; the page that follows says so. */
    const takes = async (name, fields) => {
      step = `21-guide-${name}`;
      await page.goto(`${at.base}${guided}?step=${name}`);
      for (const [field, value] of Object.entries(fields)) await page.locator(`#step [name=${field}]`).fill(value);
      await look();
      await page.locator('#step button').click();
      must(await said(), `nothing says that ${name} was kept`);
    };
    await call(at, 'POST', `/v1/advertisers/${adv}/funding`, { micros: 900_000_000, currency: 'USD', reference: 'transfer 1' });
    await takes('billing', { payer: 'Oasis Foods LLC' });
    await takes('terms', {});
    step = '21-guide-campaign-wrong';
    await page.goto(`${at.base}${guided}?step=campaign`);
    await page.locator('[name=name]').fill('Dates');
    await page.locator('[name=budget]').fill('much');
    await page.locator('#step button').click();
    must(await page.locator('[role=alert] li').count() === 1 && await page.locator('[name=name]').inputValue() === 'Dates', 'what was typed is lost');
    await look();
    await takes('campaign', { name: 'Dates', budget: '500' });
    await takes('group', { bid: '2.50', countries: 'SA AE' });
    await takes('creative', { headline_ar: 'تمور الواحة', body_ar: 'من المزرعة إلى بابك', call_to_action_ar: 'اطلب الآن',
      headline_en: 'Oasis dates', body_en: 'From the farm to your door', call_to_action_en: 'Order now', landing_page: 'https://oasis.example/dates' });
    must(await page.locator('.sample').count() === 4, 'the creative is not shown in two languages and two themes');
    await takes('ad', {});
    await takes('start', {});
    must(await page.locator('#waits').count() === 1, 'it does not say what it waits for');
    await look();
    const made = (await call(at, 'GET', `/v1/campaigns?advertiser=${adv}`)).data;
    must(made.length === 1 && made[0].entity_status === 'ACTIVE' && made[0].budget.total_micros === 500_000_000, 'the book says otherwise');
    const creative = (await call(at, 'GET', `/v1/creatives?advertiser=${adv}`)).data[0];
    must(creative.review_status === 'PENDING_REVIEW', 'nobody has to look at the creative');
    await call(at, 'POST', `/v1/creatives/${creative.id}/review`, { decision: 'APPROVED' });
    await page.goto(`${at.base}${guided}?step=start`);
    must(await page.locator('#waits').count() === 0, 'it waits although it was approved');

    step = '22-edit';
    await page.goto(`${at.base}/campaigns/${made[0].id}/edit`);
    await page.locator('[name=total_budget]').fill('lots');
    await page.locator('[name=act][value=look]').click();
    must(await page.locator('[role=alert] li').count() === 1 && await page.locator('[name=total_budget]').inputValue() === 'lots', 'what was typed is lost');
    await look();
    await page.locator('[name=total_budget]').fill('450');
    await page.locator('[name=frequency_caps]').fill('3/P1D');
    await page.locator('[name=act][value=look]').click();
    must(await page.locator('.changes > div').count() === 2, 'the differences are not those of budget and caps');
    step = '23-edit-seen';
    await look();
    await page.locator('[name=reason]').fill('less, and not too often');
    await page.locator('[name=act][value=save]').click();
    const edited = await call(at, 'GET', `/v1/campaigns/${made[0].id}`);
    must(await said() && edited.budget.total_micros === 450_000_000 && edited.frequency_caps.length === 1, 'the book says otherwise');

    step = '24-copy';
    await page.locator('form[action$="/copy"] button').click();
    await page.waitForURL(url => !url.pathname.includes(made[0].id));
    must(await said(), 'nothing says that it was copied');
    const copied = new URL(page.url()).pathname.split('/')[2];
    must(await page.locator('[name=entity_status]').inputValue() === 'DRAFT', 'the copy is no draft');
    await page.locator('a[href^="/ad-groups/"]').click();
    await look();
    await page.locator('a[href^="/ads/"]').click();
    must(await page.locator('[name=creative]').count() === 1, 'the copy has no ad');
    const adForm = new URL(page.url()).pathname;

    step = '25-bulk';
    await page.goto(`${at.base}/bulk/${adv}`);
    const fetched = page.waitForEvent('download');
    await page.locator('a[href$="/file"]').click();
    const sheet = readFileSync(await (await fetched).path(), 'utf8');
    must(sheet.includes(copied) && sheet.includes(made[0].id), 'the file is not that of the campaigns');
    const rows = sheet.split('\r\n').map(row => (row.startsWith(copied) ? row.replace(',450,', ',480,') : row.replace(',2.5,', ',cheap,')));
    await page.locator('[name=file]').setInputFiles({ name: 'campaigns.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
    await page.locator('#send button').click();
    must(await page.locator('#apply').count() === 1 && await page.locator('[role=alert] tbody tr').count() === 2, 'the lines are not one good and two bad ones');
    await look();
    step = '26-bulk-done';
    await page.locator('#apply [name=reason]').fill('from the sheet');
    await page.locator('#apply button').click();
    must(await said(), 'nothing says that it was carried out');
    must((await call(at, 'GET', `/v1/campaigns/${copied}`)).budget.total_micros === 480_000_000, 'the line was not carried out');
    await look();

    step = '27-reports';
    await page.goto(`${at.base}/reports`);
    await page.locator('[name=by]').first().selectOption('hour');
    await page.locator('main form[role=search] button').click();
    await page.locator('#view [name=name]').fill('By hour');
    await page.locator('#view button').click();
    must(await said(), 'nothing says that the view is saved');
    await page.goto(`${at.base}/reports`);
    await page.locator('main a[href^="/reports?by=hour"]').click();
    must(await page.locator('[name=by]').first().inputValue() === 'hour', 'the view asks something else');
    await look();

    step = '28-webhook';
    await page.goto(`${at.base}/webhooks`);
    await page.locator('[name=url]').fill('https://hook.invalid/mizan');
    await page.locator('#make button').click();
    await proves();
    must(/^whsec_/.test((await page.locator('main pre').innerText()).trim()), 'no secret is shown');
    await look();
    await page.locator('main a[href^="/webhooks/"]').click();
    const hook = new URL(page.url()).pathname;
    await page.locator('form[action$="/test"] button').click();
    must(await said() && await page.locator('main tbody tr').count() === 1, 'the test is not on its way');
    await look();

    if (lang !== LANGUAGES.at(-1)) return;
    step = '29-look';
    const approval = (await call(at, 'GET', '/v1/approvals')).data[0].id;
    const waits = (await call(at, 'PUT', '/v1/approval-rules/raise', { off: true })).approval.id;
    const cookie = (await owner.context.cookies()).find(c => c.name === '__Host-mizan');
    must(cookie, 'there is no session cookie that only this host can set');
    const paths = ['/people', '/keys', '/approvals', `/approvals/${approval}`, `/approvals/${waits}`, '/audit', '/account', `/campaigns/${campaign}`, '/disputes', dispute, '/terms', terms, `${terms}/edit`, '/new-terms', '/first-campaign', guided, `/campaigns/${copied}/edit`, adForm, '/bulk', `/bulk/${adv}`, '/reports?by=day&compare=before', '/webhooks', hook];
    // Not waited for by blocking: connections that the server closes meanwhile have to be seen.
    const lookAt = (...more) => new Promise(resolve =>
      spawn(process.execPath, ['pages.mjs', ...(shots ? ['--shots', shots] : []), ...more], { stdio: 'inherit' }).on('exit', resolve));
    must(await lookAt('--cookie', `__Host-mizan=${cookie.value}`, at.base, ...paths) === 0, 'see the findings above');
    const again = await (await fetch(`${at.base}/sign-in`)).text();
    must(again.includes('data-passkey'), 'the page to sign in has no passkey');
    await page.goto(`${at.base}/people`);
    await page.locator('form[action="/people"] [name=name]').fill('Reem');
    await page.locator('form[action="/people"] [name=role]').selectOption('AUDITOR');
    await page.locator('form[action="/people"] button').click();
    await proves();
    const open = new URL((await page.locator('main pre').innerText()).trim()).pathname;
    must(await lookAt(at.base, '/sign-in', '/forgotten', open, '403:/join/unknown') === 0, 'see the findings above');
  } catch (e) {
    findings.push(`${lang} ${step}: ${e.message.split('\n')[0]}`);
    await shot().catch(() => {});
  } finally {
    at.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

try { for (const lang of LANGUAGES) await walk(lang); } finally { await browser.close(); }
for (const finding of new Set(findings)) console.log(finding);
console.log(`people walked in 2 languages, ${findings.length} findings`);
process.exit(findings.length ? 2 : 0);
