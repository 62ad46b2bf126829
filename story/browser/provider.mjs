// Signs in by way of a real OpenID Connect provider (npm's oidc-provider, started here), in a real browser: an invited
// person joins and comes back, a stranger stays outside, an owner links their account and shows through the provider
// who they are. In two languages, and looks at every page on the way.
//
//   node provider.mjs [--shots folder] /path/of/mizan.jar
//
// CHROMIUM names the browser, JAVA_HOME the JDK. Exit code 0: it could be walked; 2: findings, one a line; 64: wrong
// arguments.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import Provider from 'oidc-provider';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const args = process.argv.slice(2);
const at = args.indexOf('--shots');
const shots = at < 0 ? '' : args.splice(at, 2)[1];
const [jar] = args;
if (!jar) { console.error('usage: node provider.mjs [--shots folder] <mizan.jar>'); process.exit(64); }
if (shots) mkdirSync(shots, { recursive: true });
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
const SECRET = 'a secret: of two';
const PASSWORD = 'grey herons stand in cold water';

/** Where the provider will be: its keys and clients are known once Mizan has its own address. */
async function place() {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, issuer: `http://127.0.0.1:${server.address().port}` };
}

/** The provider: whoever types a name is that person, under an address of its domain. */
function provide({ server, issuer }, base, algorithm) {
  const { privateKey } = algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'mizan', client_secret: SECRET, redirect_uris: [`${base}/sign-in/with/marsa/back`], id_token_signed_response_alg: algorithm }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: algorithm, kid: 'one' }] },
    cookies: { keys: ['a key of this walk'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@marsa.example`, email_verified: true, name: `${id} of Marsa` }) }),
  });
  provider.on('server_error', (_, e) => findings.push(`provider: ${e.message}`));
  server.on('request', provider.callback());
}

async function start(folder) {
  const server = spawn(java, ['--enable-native-access=ALL-UNNAMED', '-jar', jar, 'start', '--port', '0', '--folder', folder]);
  let said = '';
  const found = await new Promise((resolve, reject) => {
    const take = data => {
      said += data;
      const setUp = /(http:\/\/localhost:\d+)(\/join\/\S+)/.exec(said);
      if (setUp) resolve({ base: setUp[1], setUp: setUp[2] });
    };
    server.stdout.on('data', take); server.stderr.on('data', take);
    server.on('exit', () => reject(new Error(`the server did not start: ${said}`)));
  });
  return { ...found, stop: () => server.kill(), said: () => said };
}

const findings = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

async function walk(lang, algorithm) {
  const folder = mkdtempSync(join(tmpdir(), 'mizan-provider-'));
  let step = 'start', page;
  const must = (holds, what) => { if (!holds) throw new Error(what); };
  const look = async () => {
    for (const theme of ['light', 'dark']) for (const width of [390, 1440]) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 900 });
      const where = `${lang} ${step} ${theme} ${width}`;
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) findings.push(`${where}: overflows by ${over} px`);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const v of violations) findings.push(`${where}: axe ${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`);
      if (shots) await page.screenshot({ path: `${shots}/provider.${lang}.${step}.${theme}.${width}.png`, fullPage: true });
    }
  };
  const opened = async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('console', m => {
      if (m.type() === 'error' && !/status of 40[013]/.test(m.text()) && m.location().url.startsWith(mizan.base)) findings.push(`${lang} ${step}: console: ${m.text()}`);
    });
    return page;
  };
  /** By way of the provider: says who they are where it asks, lets it tell Mizan, and comes back. */
  const vouched = async (name, leave) => {
    const isThere = () => page.url().startsWith(there.issuer);
    await Promise.all([page.waitForEvent('load'), leave()]);
    for (let asked = 0; isThere() && asked < 3; asked++) {
      if (await page.locator('[name=login]').count()) {
        await page.locator('[name=login]').fill(name);
        await page.locator('[name=password]').fill('whatever');
      }
      await Promise.all([page.waitForEvent('load'), page.locator('button[type=submit]').click()]);
    }
    must(page.url().startsWith(mizan.base), `${name} is still at ${page.url()}`);
  };
  const byProvider = () => page.locator('a[href^="/sign-in/with/marsa"]').click();
  const there = await place();
  writeFileSync(join(folder, 'sign-in.json'), JSON.stringify({ providers: [
    { id: 'marsa', name: 'Marsa ID', issuer: there.issuer, client_id: 'mizan', client_secret: SECRET, own_network: true }] }), { mode: 0o600 });
  const mizan = await start(folder);
  provide(there, mizan.base, algorithm);
  try {
    step = '1-owner';
    const owner = await opened();
    await page.goto(`${mizan.base}${mizan.setUp}?lang=${lang}`);
    await look();
    await page.locator('[name=name]').fill('Noor Haddad');
    await page.locator('[name=login]').fill('noor@marsa.example');
    await page.locator('details summary').click();
    await page.locator('[name=password]').fill(PASSWORD);
    await page.locator('details button').click();
    await page.waitForURL(/\/account/);

    step = '2-invite';
    await page.goto(`${mizan.base}/people`);
    await page.locator('form[action="/people"] [name=name]').fill('Amal');
    await page.locator('form[action="/people"] [name=email]').fill('amal@marsa.example');
    await page.locator('form[action="/people"] [name=role]').selectOption('FINANCE');
    await page.locator('form[action="/people"] button').click();
    await page.locator('main pre').waitFor();

    step = '3-join';
    const amal = await opened();
    await page.goto(`${mizan.base}/sign-in?lang=${lang}`);
    await look();
    await vouched('amal', byProvider);
    must(/\/account\?said=joined/.test(page.url()), `she did not join but came to ${page.url()}`);
    must(/amal of Marsa/.test(await page.locator('main').innerText()), 'her account has another name');
    await look();

    step = '4-come-back';
    await page.locator('form[action="/sign-out"] button').click();
    await page.waitForURL(/sign-in/);
    await page.goto(`${mizan.base}/approvals`);
    await vouched('amal', byProvider);
    must(new URL(page.url()).pathname === '/approvals', `she came to ${page.url()}`);

    step = '5-stranger';
    await opened();
    await page.goto(`${mizan.base}/sign-in?lang=${lang}`);
    await vouched('mallory', byProvider);
    must(await page.locator('[role=alert]:visible').count() === 1, 'nothing says that nobody invited them');
    must((await page.goto(`${mizan.base}/people`)).status() === 401, 'a stranger came in');
    await page.goBack();
    await look();

    step = '6-link';
    page = owner;
    await page.goto(`${mizan.base}/account`);
    await page.locator('form[action="/account/providers"] button').click();
    await page.locator('h1').waitFor();
    await look();
    await vouched('noor', () => page.locator(`a[href^="${there.issuer}"]`).click());
    must(/said=provider_linked/.test(page.url()), `it was not linked: ${page.url()}`);
    await look();

    step = '7-confirm';
    let asked = 0;
    page.on('framenavigated', frame => { asked += frame.url().startsWith(`${there.issuer}/interaction`) ? 1 : 0; });
    await vouched('noor', () => page.goto(`${mizan.base}/sign-in/with/marsa?confirm=1`));
    must(asked > 0, 'the provider did not ask again');
    must(/said=confirmed/.test(page.url()), `it was not shown: ${page.url()}`);

    step = '8-no';
    page = amal;
    await page.goto(`${mizan.base}/sign-in/with/marsa/back?code=stolen&state=guessed`);
    must(await page.locator('[role=alert]:visible').count() === 1, 'an answer that nobody asked for was taken');
    must(!mizan.said().includes(SECRET), 'the log tells the secret');
  } catch (e) {
    findings.push(`${lang} ${step}: ${e.message.split('\n')[0]} ${mizan.said().split('\n').filter(l => /provider/.test(l)).join(' ')}`);
    if (shots && page) await page.screenshot({ path: `${shots}/provider.${lang}.${step}.failed.png` }).catch(() => {});
  } finally {
    mizan.stop();
    there.server.closeAllConnections();
    there.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await walk('ar', 'ES256');
  await walk('en', 'RS256');
} finally { await browser.close(); }
for (const finding of new Set(findings)) console.log(finding);
console.log(`sign-ins by a provider walked in 2 languages, ${findings.length} findings`);
process.exit(findings.length ? 2 : 0);
