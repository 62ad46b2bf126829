// A page server, a Mizan that only remembers what it is told, and a browser. One of each for all tests.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const root = new URL('../', import.meta.url);
const CSP = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'";

// One white pixel, whatever size it is said to have.
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==', 'base64');

export class Stand {
  events = []; // as they arrived: [{ kind, token }]
  pictures = []; // that were loaded
  asked = []; // pages that were asked for a decision
  refuse = () => false; // (request, nth) => true: the event request is answered 503
  decide = everyFifth; // (page, nth) => decision, or a promise of one
  requests = 0;

  static async open() {
    const stand = new Stand();
    stand.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
    });
    return stand;
  }

  async close() {
    await this.browser.close();
    this.#quit();
  }

  // Nothing of the test before: what its pages still tell goes to a server that is gone.
  async fresh() {
    this.#quit();
    Object.assign(this, { events: [], asked: [], pictures: [], requests: 0, refuse: () => false, decide: everyFifth });
    this.server = createServer((request, response) => this.#answer(request, response).catch((e) => {
      response.writeHead(500).end(String(e));
    }));
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.base = `http://127.0.0.1:${this.server.address().port}`;
  }

  #quit() {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  told(kind, token) {
    return this.events.filter((e) => e.kind === kind && (!token || e.token === token)).length;
  }

  // A page of the given posts; the script of it is a module that may import the SDK.
  async page(path, { language = 'en', script = '', clock = false, width = 400, height = 600 } = {}) {
    this.script = script;
    this.language = language;
    const context = await this.browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    page.problems = [];
    page.on('pageerror', (e) => page.problems.push(e.message));
    page.on('console', (m) => m.type() === 'error' && page.problems.push(m.text()));
    if (clock) await page.addInitScript(handClock);
    await page.goto(this.base + path);
    return page;
  }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://x');
    const body = await text(request);
    const send = (status, type, content) => {
      response.writeHead(status, { 'content-type': type, 'content-security-policy': CSP }).end(content);
    };
    if (pathname === '/v1/events') {
      if (this.refuse(request, this.requests++)) return send(503, 'text/plain', '');
      this.events.push(...JSON.parse(body).events);
      return send(202, 'application/json', '{}');
    }
    if (pathname === '/ads') {
      const page = JSON.parse(body);
      this.asked.push(page);
      const decision = await this.decide(page, this.asked.length - 1);
      return decision ? send(200, 'application/json', JSON.stringify(decision)) : send(500, 'text/plain', '');
    }
    if (pathname === '/script.js') return send(200, 'text/javascript', this.script);
    if (pathname === '/feed') return send(200, 'text/html', html(this.language, Number(searchParams.get('posts') ?? 20)));
    if (pathname === '/elsewhere') return send(200, 'text/html', '<title>elsewhere</title>');
    if (pathname.startsWith('/pictures/')) {
      this.pictures.push(pathname);
      return send(200, 'image/png', PICTURE);
    }
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    if (pathname === '/examples/react.bundle.js') return send(200, 'text/javascript', this.bundle);
    const file = new URL(`.${pathname}`, root);
    return send(200, pathname.endsWith('.html') ? 'text/html' : 'text/javascript', await readFile(file));
  }
}

export const SCRIPT = `
import { feed } from '/src/mizan.js';
const decide = async (page) => {
  const answer = await fetch('/ads', { method: 'POST', body: JSON.stringify(page) });
  if (!answer.ok) throw new Error('no decision');
  return answer.json();
};
window.problems = [];
document.addEventListener('securitypolicyviolation', (e) => window.problems.push(e.violatedDirective));
window.hidden = [];
window.ads = feed(document.querySelector('main'), {
  decide, onHide: (ad, scope) => window.hidden.push(scope), onProblem: (p) => window.problems.push(p.message),
});
`;

export const ad = (token, over = {}) => ({
  id: 'ad_1', impression: 'imp_1', token, label: 'Ad', advertiser: 'Nordlys', payer: 'Nordlys Gulf FZ-LLC', kind: 'NATIVE_CARD',
  language: 'en', headline: 'Night photos', body: 'Without the grain.', call_to_action: 'See more', click: `/c/${token}`,
  pixel: `/t/rendered/${token}`, why: `/why/${token}`, expires_at: '2030-01-01T00:00:00Z', ...over,
});

/** After each fifth post of a page, and a cursor that says how many pages there were. */
export function everyFifth(page, nth) {
  const slots = [];
  for (let after = 5; after <= page.posts.length; after += 5) {
    slots.push({ after_post: after, after_post_id: page.posts[after - 1], ad: ad(`t${nth}-${after}`) });
  }
  return { id: `dec_${nth}`, slots, cursor: `page-${nth}` };
}

export const frames = (page) => page.evaluate(() => new Promise((done) => {
  const channel = new MessageChannel();
  let left = 3;
  const next = () => (left-- ? requestAnimationFrame(next) : (channel.port1.onmessage = done, channel.port2.postMessage(0)));
  next();
}));

// Time that stands still until it is moved: `hand.run(ms)`. Frames and what is seen in them stay real.
function handClock() {
  let now = 0; let next = 1;
  const timers = new Map();
  performance.now = () => now;
  window.setTimeout = (run, ms = 0) => (timers.set(next, { run, at: now + ms }), next++);
  window.clearTimeout = (id) => timers.delete(id);
  window.hand = {
    run(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(([, t]) => t.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (!due) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
      }
      now = end;
    },
  };
}

function html(language, posts) {
  const list = Array.from({ length: posts }, (_, i) => `<article data-post-id="p${i}"><p>Post ${i}</p><hr></article>`);
  return `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><title>feed</title>
<main>${list.join('')}</main><script type="module" src="/script.js"></script></html>`;
}

async function text(request) {
  let all = '';
  for await (const part of request) all += part;
  return all;
}
