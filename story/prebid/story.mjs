// Prebid.js, unmodified, buys from a running Mizan in a real browser: banner and native won, Arabic intact, DSA required
// and accepted, blocked domains and categories respected, the win told once, the impression charged once, a bot gets nothing.
//
//   node story.mjs http://localhost:8080 KEY
//
// KEY may book and serve. CHROMIUM names the browser. Exit code 0: all of it held; 2: what did not; 64: wrong arguments.
import { createServer } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const [base, key] = process.argv.slice(2);
if (!base || !key) { console.error('usage: node story.mjs <base> <key>'); process.exit(64); }
const READER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const POSTS = ['https://feed.example/story/1', 'https://feed.example/story/2'];
const findings = [];
const must = (holds, what) => { if (!holds) findings.push(what); };

async function api(method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

// A sky that grows lighter to the ground, 600 by 315 pixels of grey, as PNG.
async function sendPicture() {
  const [width, height] = [600, 315];
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) rows.fill(y >> 2, y * (width + 1) + 1, (y + 1) * (width + 1));
  const chunk = (name, content) => {
    const named = Buffer.concat([Buffer.from(name), content]);
    const framed = Buffer.alloc(named.length + 8);
    framed.writeUInt32BE(content.length);
    named.copy(framed, 4);
    framed.writeUInt32BE(crc32(named), named.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const answer = await fetch(`${base}/v1/pictures`, {
    method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'image/png' },
    body: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0))]),
  });
  if (!answer.ok) throw new Error(`the picture: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

// A campaign of its own, in words that no other has, on a placement of its own.
async function book(origin) {
  const placement = await api('POST', '/v1/placements', {
    code: `prebid-${Date.now()}`, name: { en: 'Prebid story' }, currency: 'USD', floor_cpm_micros: 1_000_000,
  });
  const advertiser = (await api('POST', '/v1/advertisers', {
    name: { en: 'Nordlys', ar: 'نورديليس' }, payer: 'Nordlys Gulf FZ-LLC', currency: 'USD', industry: 'electronics',
  })).id;
  await api('POST', `/v1/advertisers/${advertiser}/funding`, { micros: 100_000_000, currency: 'USD', reference: 'story' });
  const campaign = (await api('POST', '/v1/campaigns', {
    advertiser, name: { en: 'Prebid story' }, entity_status: 'ACTIVE', budget: { total_micros: 50_000_000 }, pacing: 'ASAP',
  })).id;
  const group = (await api('POST', '/v1/ad-groups', {
    campaign, name: { en: 'All' }, entity_status: 'ACTIVE', bid: { charge_by: 'IMPRESSION', amount_micros: 25_000_000 },
    targeting: { placements: [placement.code] },
  })).id;
  const creative = (await api('POST', '/v1/creatives', {
    advertiser, kind: 'NATIVE_CARD', category: '1100', landing_page: 'https://nordlys.example/night',
    headline: { en: 'Night photos without the grain', ar: 'صور ليلية بلا تشويش' },
    body: { en: 'The Nordlys 7 sees what your eyes see.', ar: 'يرى نورديليس 7 ما تراه عيناك.' },
    call_to_action: { en: 'See more', ar: 'اعرف المزيد' },
    picture: { name: (await sendPicture()).name, alternative: { en: 'A night sky', ar: 'سماء ليلية' } },
  })).id;
  await api('POST', `/v1/creatives/${creative}/review`, { decision: 'APPROVED' });
  await api('POST', '/v1/ads', { ad_group: group, creative, entity_status: 'ACTIVE' });
  await api('POST', '/v1/posts', { posts: [
    { id: POSTS[0], author: '@a', text: 'A lovely morning in the garden with the children and the cat.' },
    { id: POSTS[1], author: '@b', text: 'Coffee and bread with friends near the old harbour today.' },
  ] });
  const before = await api('GET', '/v1/supply');
  await api('PUT', '/v1/supply', {
    domain: before.domain || 'ads.feed.example',
    offers: [...before.offers.map(({ schain, ...offer }) => offer), { placement: placement.code, origins: [origin] }],
    sellers: before.sellers,
  });
  return { placement: placement.code, campaign };
}

// Serves the page and the bundle, from an origin that is not Mizan's.
async function site() {
  const bundle = (await build({ entryPoints: ['page.mjs'], bundle: true, format: 'iife', write: false, logLevel: 'error' }))
    .outputFiles[0].text;
  const page = '<!doctype html><html lang="ar"><meta charset="utf-8"><title>Feed</title><body>'
    + '<div id="slot" style="width:300px;height:250px"></div><script src="/prebid.js"></script></body></html>';
  const server = createServer((request, response) => {
    const script = request.url === '/prebid.js';
    response.writeHead(200, { 'content-type': script ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8' });
    response.end(script ? bundle : page);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// One auction on a new page: what Prebid.js won and rejected there, and every address that the page called.
async function auction(browser, origin, booked, { agent = READER, mediaTypes, ortb2 = {}, render = false }) {
  const context = await browser.newContext({ userAgent: agent, locale: 'ar-SA', viewport: { width: 800, height: 600 } });
  const page = await context.newPage();
  const called = [];
  page.on('request', (request) => called.push(request.url()));
  await page.goto(origin);
  const told = await page.evaluate(async ({ endpoint, placement, mediaTypes, ortb2, render }) => {
    const pbjs = window.pbjs;
    const rejected = [];
    pbjs.onEvent('bidRejected', (bid) => rejected.push(bid.rejectionReason));
    pbjs.setConfig({ enableTIDs: false });
    pbjs.addAdUnits([{
      code: 'slot', mediaTypes, bids: [{ bidder: 'billow_rtb25', params: { placementId: placement, endpoint } }],
    }]);
    await new Promise((done) => pbjs.requestBids({ ortb2, timeout: 10_000, bidsBackHandler: done }));
    const [won] = pbjs.getBidResponsesForAdUnitCode('slot').bids;
    if (won && render) {
      const frame = document.createElement('iframe');
      document.getElementById('slot').append(frame);
      pbjs.renderAd(frame.contentWindow.document, won.adId);
    }
    return { rejected, won: won && { mediaType: won.mediaType, cpm: won.cpm, meta: won.meta, ad: won.ad, native: won.native } };
  }, { endpoint: `${base}/openrtb2/auction`, placement: booked.placement, mediaTypes, ortb2, render });
  if (render) {
    await page.waitForLoadState('networkidle');
  }
  await context.close();
  return { ...told, called };
}

const publisher = await site();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const booked = await book(publisher.origin);
  const feed = { site: { content: { ext: { feedurls: POSTS } } } };
  const dsa = { regs: { ext: { dsa: { dsarequired: 3, pubrender: 0, datatopub: 2 } } } };
  const banner = { banner: { sizes: [[300, 250]] } };
  const card = { native: { ortb: { ver: '1.2', assets: [
    { id: 1, required: 1, title: { len: 90 } }, { id: 2, required: 1, img: { type: 3, wmin: 300, hmin: 157 } },
    { id: 3, required: 1, data: { type: 1 } }, { id: 4, required: 0, data: { type: 2, len: 140 } },
  ], eventtrackers: [{ event: 1, methods: [1] }, { event: 2, methods: [1] }] } } };
  const rendered = async () => (await api('GET', `/v1/campaigns/${booked.campaign}/invalid-traffic`)).valid_events;
  const folded = () => new Promise((done) => setTimeout(done, 500)); // Mizan folds events ten times a second.

  const wonSoFar = async () => (await api('GET', '/v1/openrtb/figures')).wins;
  const winsBefore = await wonSoFar();

  const first = await auction(browser, publisher.origin, booked, { mediaTypes: banner, ortb2: { ...feed, ...dsa }, render: true });
  must(first.won?.mediaType === 'banner', `no banner was won: ${JSON.stringify(first.rejected)}`);
  must(first.won?.cpm === 1, `the bid is the price of the decision: ${first.won?.cpm}`);
  must(first.won?.ad.includes('صور ليلية بلا تشويش') && first.won.ad.includes('dir="rtl"'), 'the Arabic words arrive whole');
  must(first.won?.meta.dsa?.paid === 'Nordlys Gulf FZ-LLC', 'DSA is accepted and says who paid');
  must(first.won?.meta.advertiserDomains?.[0] === 'nordlys.example', 'the advertiser is named');
  const wins = first.called.filter((url) => url.includes('/openrtb2/win/'));
  must(wins.length === 1 && wins[0].includes('price=1'), `the win is told once, with its price: ${wins}`);
  must(first.called.filter((url) => url.includes('/t/rendered/')).length === 1, 'the pixel is called once');
  // Once more, as an exchange's server and a browser's cache would: it changes nothing.
  for (const url of [...wins, ...first.called.filter((called) => called.includes('/t/rendered/'))]) {
    await fetch(url, { headers: { 'user-agent': READER } });
  }
  await folded();
  must(await rendered() === 1, `one impression is counted, not ${await rendered()}`);
  must((await wonSoFar()) === winsBefore + 1, 'a win that is told twice counts once');

  const second = await auction(browser, publisher.origin, booked, { mediaTypes: card, ortb2: { ...feed, ...dsa } });
  must(second.won?.mediaType === 'native', `no native ad was won: ${JSON.stringify(second.rejected)}`);
  const title = second.won?.native?.ortb?.assets?.find((asset) => asset.id === 1)?.title?.text;
  must(title === 'صور ليلية بلا تشويش', `the native title: ${title}`);

  const none = async (what, ortb2, agent) => {
    const { won } = await auction(browser, publisher.origin, booked, { mediaTypes: banner, ortb2: { ...feed, ...ortb2 }, agent });
    must(!won, `${what}: it bid all the same`);
  };
  await none('blocked domain', { badv: ['nordlys.example'] });
  await none('blocked category, Content Taxonomy 1', { bcat: ['IAB19'] });
  await none('blocked category, Ad Product Taxonomy 2', { bcat: ['1100'], cattax: 8 });
  await none('blocked category, Content Taxonomy 3.1', { bcat: ['596'], cattax: 9 });
  await none('unknown neighbours', { site: { content: { ext: { feedurls: ['https://feed.example/story/unknown'] } } } });
  await none('a bot', {}, 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)');
  await none('a headless browser', {}, READER.replace('Chrome', 'HeadlessChrome'));

  const other = await site();
  const foreign = await auction(browser, other.origin, booked, { mediaTypes: banner, ortb2: feed });
  must(!foreign.won, 'a page of another origin gets nothing');
  other.close();
} finally {
  await browser.close();
  publisher.close();
}
findings.forEach((finding) => console.error(finding));
console.log(findings.length === 0 ? 'Prebid.js bought a banner and a native ad; everything held.' : `${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 2);
