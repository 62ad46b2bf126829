import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { SCRIPT, Stand, ad, everyFifth } from './stand.mjs';

let stand;
before(async () => { stand = await Stand.open(); });
after(() => stand.close());
beforeEach(() => stand.fresh());

const until = async (holds, what) => {
  for (let i = 0; i < 200; i++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`not within 10 s: ${what}`);
};
const order = (page) => page.evaluate(() => [...document.querySelectorAll('[data-post-id]')].map((p) => p.dataset.postId));
const drawn = (page) => page.locator('.mizan-ad').count();

for (const language of ['en', 'ar']) {
  test(`given a strict content policy, a page in ${language} gets labelled ads and breaks no rule`, async () => {
    const label = language === 'ar' ? 'إعلان' : 'Ad';
    stand.decide = (page, nth) => {
      const decision = everyFifth(page, nth);
      decision.slots.forEach((s) => { s.ad.label = label; });
      return decision;
    };
    const page = await stand.page('/feed?posts=20', { language, script: SCRIPT });
    await page.locator('.mizan-ad').nth(3).waitFor();
    const first = page.locator('.mizan-ad').first();
    assert.equal(await first.locator('[data-mizan-label]').innerText(), label);
    assert.match(await first.innerText(), /Nordlys Gulf FZ-LLC/);
    assert.equal(await first.evaluate((e) => getComputedStyle(e).direction), language === 'ar' ? 'rtl' : 'ltr');
    assert.equal(await first.evaluate((e) => getComputedStyle(e).borderTopWidth), '1px');
    assert.equal(await first.locator('a[rel~=sponsored]').getAttribute('href'), `${stand.base}/c/t0-5`);
    await first.locator('summary').click();
    assert.equal(await first.locator('details a').getAttribute('href'), `${stand.base}/why/t0-5?lang=${language}`);
    assert.deepEqual(await order(page), Array.from({ length: 20 }, (_, i) => `p${i}`));
    assert.deepEqual(await page.evaluate(() => window.problems), []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

test('a picture has its words and its place before it comes, and comes only when it is near', async () => {
  const picture = { name: 'a.png', url: '/pictures/a.png', width: 800, height: 450, alternative: 'Hills under a full moon' };
  stand.decide = () => ({
    id: 'dec', slots: [
      { after_post: 1, ad: ad('near', { picture }) },
      { after_post: 190, ad: ad('far', { picture: { ...picture, url: '/pictures/far.png', caption: 'The moon rises' } }) },
    ],
  });
  const page = await stand.page('/feed?posts=200', { script: SCRIPT });
  await until(async () => await drawn(page) === 2 && stand.pictures.length > 0, 'two ads and a picture');
  assert.equal(await page.locator('.mizan-ad img').first().getAttribute('alt'), 'Hills under a full moon');
  const box = await page.locator('.mizan-ad img').last().boundingBox();
  assert.ok(Math.abs(box.height - box.width * 450 / 800) < 1, `${box.width} by ${box.height}`);
  assert.equal(await page.locator('.mizan-ad figcaption').innerText(), 'The moon rises');
  assert.deepEqual(stand.pictures, ['/pictures/a.png']);
  await page.locator('.mizan-ad img').last().scrollIntoViewIfNeeded();
  await until(() => stand.pictures.length === 2, 'the other picture');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a carousel shows its cards side by side, each with its words, and is reached by the keyboard', async () => {
  const picture = { name: 'a.png', url: '/pictures/a.png', width: 800, height: 450, alternative: 'Hills' };
  const cards = ['First', 'Second', 'Third'].map((headline) => ({ headline, picture }));
  stand.decide = () => ({ id: 'dec', slots: [{ after_post: 1, ad: ad('c', { kind: 'CAROUSEL', cards }) }] });
  const page = await stand.page('/feed?posts=5', { script: SCRIPT });
  await page.locator('.mizan-ad li').nth(2).waitFor({ state: 'attached' });
  const boxes = await page.locator('.mizan-ad li').evaluateAll((all) => all.map((e) => e.getBoundingClientRect()).map(({ x, y }) => ({ x, y })));
  assert.ok(boxes[0].y === boxes[2].y && boxes[0].x < boxes[1].x && boxes[1].x < boxes[2].x, JSON.stringify(boxes));
  assert.deepEqual(await page.locator('.mizan-ad li b').allInnerTexts(), ['First', 'Second', 'Third']);
  assert.equal(await page.locator('.mizan-ad ul').evaluate((list) => (list.focus(), document.activeElement === list)), true);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('an ad without its label or payer is not shown, and neither is a drawing that leaves them out', async () => {
  stand.decide = () => ({
    id: 'dec', slots: [{ after_post: 1, ad: ad('a', { label: '' }) }, { after_post: 2, ad: ad('b', { payer: '' }) },
      { after_post: 3, ad: null, reason: 'no_ad' }],
  });
  let page = await stand.page('/feed?posts=5', { script: SCRIPT });
  await until(() => stand.asked.length === 1, 'a decision');
  await page.waitForTimeout(300);
  assert.equal(await drawn(page), 0);
  await page.context().close();
  stand.decide = () => ({ id: 'dec', slots: [{ after_post: 1, ad: ad('c') }] });
  page = await stand.page('/feed?posts=5', {
    script: SCRIPT.replace('decide,', `decide, draw: (ad) => Object.assign(document.createElement('div'),
      { className: 'mizan-ad', textContent: ad.headline }),`),
  });
  await until(() => stand.asked.length === 2, 'a decision');
  await page.waitForTimeout(300);
  assert.equal(await drawn(page), 0);
  assert.equal(stand.told('RENDERED'), 0);
  await page.context().close();
});

test('two hundred posts by infinite scroll: every page takes the cursor of the one before, and no post moves', async () => {
  const page = await stand.page('/feed?posts=20', {
    script: `${SCRIPT}
      let next = 20;
      new IntersectionObserver(([e]) => {
        if (!e.isIntersecting || next >= 200) return;
        for (let i = 0; i < 20; i++, next++) {
          const post = document.createElement('article');
          post.dataset.postId = 'p' + next;
          post.append(Object.assign(document.createElement('p'), { textContent: 'Post ' + next }), document.createElement('hr'));
          document.querySelector('main').append(post);
        }
      }, { rootMargin: '400px' }).observe(document.body.appendChild(document.createElement('footer')));`,
  });
  await until(async () => {
    await page.mouse.wheel(0, 700);
    return (await order(page)).length === 200 && stand.asked.reduce((n, p) => n + p.posts.length, 0) === 200;
  }, '200 posts');
  assert.deepEqual(await order(page), Array.from({ length: 200 }, (_, i) => `p${i}`));
  assert.deepEqual(stand.asked.flatMap((p) => p.posts), Array.from({ length: 200 }, (_, i) => `p${i}`));
  assert.deepEqual(stand.asked.map((p) => p.cursor), [undefined, ...stand.asked.slice(1).map((_, i) => `page-${i}`)]);
  assert.ok(await drawn(page) >= 20, `${await drawn(page)} ads`);
  await until(() => stand.told('RENDERED') === stand.events.filter((e) => e.kind === 'RENDERED').length
    && stand.told('RENDERED') >= 20, 'renders');
  assert.equal(new Set(stand.events.map((e) => e.kind + e.token)).size, stand.events.length, 'something was told twice');
  await page.context().close();
});

test('a slow answer does not push away what is being read', async () => {
  let answer;
  stand.decide = (page, nth) => new Promise((done) => { answer = () => done(everyFifth(page, nth)); });
  const page = await stand.page('/feed?posts=60', { script: SCRIPT });
  await until(() => answer, 'the question');
  await page.evaluate(() => document.querySelector('[data-post-id=p30]').scrollIntoView());
  const before = await page.evaluate(() => document.querySelector('[data-post-id=p30]').getBoundingClientRect().top);
  answer();
  await page.locator('.mizan-ad').first().waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('[data-post-id=p30]').getBoundingClientRect().top), before);
  assert.ok(await page.evaluate(() => document.querySelector('.mizan-ad').previousElementSibling.dataset.postId.slice(1) >= 29));
  await page.context().close();
});

test('when no decision comes the feed is whole and the next page has ads again', async () => {
  stand.decide = (page, nth) => (nth === 0 ? null : everyFifth(page, nth));
  const page = await stand.page('/feed?posts=10', { script: SCRIPT });
  await until(async () => (await page.evaluate(() => window.problems.length)) === 1, 'the problem');
  assert.equal(await drawn(page), 0);
  await page.evaluate(() => {
    for (let i = 10; i < 20; i++) {
      const post = document.createElement('article');
      post.dataset.postId = `p${i}`;
      document.querySelector('main').append(post);
    }
  });
  await page.locator('.mizan-ad').first().waitFor();
  assert.equal(stand.asked[1].cursor, undefined);
  await page.context().close();
});

test('events that are refused are told again, once each in the end', async () => {
  stand.refuse = (_, nth) => nth < 2;
  const page = await stand.page('/feed?posts=20', { script: SCRIPT });
  await until(() => stand.told('RENDERED') === 4, 'four renders');
  assert.ok(stand.requests >= 3);
  await page.context().close();
});

test('with blocked beacons the page goes on, quietly', async () => {
  stand.refuse = () => false;
  const context = await stand.browser.newContext({ viewport: { width: 400, height: 600 } });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (e) => problems.push(e.message));
  let blocked = 0;
  await page.route('**/v1/events', (route) => { blocked++; return route.abort('blockedbyclient'); });
  stand.script = SCRIPT;
  await page.goto(`${stand.base}/feed?posts=20`);
  await page.locator('.mizan-ad').nth(3).waitFor();
  await until(() => blocked >= 2, 'a second try');
  assert.deepEqual(problems, []);
  assert.deepEqual(await page.evaluate(() => window.problems), []);
  await page.unroute('**/v1/events');
  await until(() => stand.told('RENDERED') === 4, 'the renders, once the way is free');
  await context.close();
});

test('what was not told yet is told when the page is left, and not again when it comes back', async () => {
  const page = await stand.page('/feed?posts=20', { script: `${SCRIPT} window.left = true;` });
  await page.locator('.mizan-ad').nth(3).waitFor();
  await page.goto(`${stand.base}/elsewhere`);
  await until(() => stand.told('RENDERED') === 4, 'the renders');
  await page.evaluate(() => history.back());
  await page.waitForURL(/feed/, { waitUntil: 'commit' });
  assert.equal(await page.evaluate(() => window.left), true, 'the browser did not keep the page');
  await page.waitForTimeout(1_500);
  assert.equal(stand.told('RENDERED'), 4);
  assert.equal(stand.asked.length, 1);
  await page.mouse.wheel(0, 300);
  await until(() => stand.told('VIEWABLE') >= 1, 'what is seen now');
  await page.context().close();
});

test('an ad drawn in a tab that is not shown is told so, and told again when it is', async () => {
  const page = await stand.page('/feed?posts=5', {
    script: `let hidden = true;
      Object.defineProperty(document, 'visibilityState', { get: () => hidden ? 'hidden' : 'visible', configurable: true });
      window.show = () => { hidden = false; document.dispatchEvent(new Event('visibilitychange')); };
      ${SCRIPT}`,
  });
  await until(() => stand.told('RENDERED', 't0-5') === 1, 'the render');
  assert.equal(stand.events[0].unseen, 'HIDDEN');
  await page.evaluate(() => window.show());
  await until(() => stand.told('RENDERED', 't0-5') === 2, 'the render again');
  assert.deepEqual(stand.events.filter((e) => e.kind === 'RENDERED').map((e) => e.unseen), ['HIDDEN', undefined]);
  await page.context().close();
});

test('an ad drawn without a size is told so, and told again when it has one', async () => {
  const page = await stand.page('/feed?posts=5', {
    script: SCRIPT.replace('decide,', `decide, draw: (ad) => {
      const drawn = Object.assign(document.createElement('div'), { className: 'mizan-ad', textContent: ad.label + ad.payer });
      drawn.style.display = 'none';
      return drawn;
    },`),
  });
  await until(() => stand.told('RENDERED', 't0-5') === 1, 'the render');
  assert.equal(stand.events[0].unseen, 'NO_SIZE');
  await page.evaluate(() => { document.querySelector('.mizan-ad').style.display = 'block'; });
  await until(() => stand.told('RENDERED', 't0-5') === 2, 'the render again');
  assert.deepEqual(stand.events.filter((e) => e.kind === 'RENDERED').map((e) => e.unseen), ['NO_SIZE', undefined]);
  await page.context().close();
});

test('two tabs tell each their own', async () => {
  const one = await stand.page('/feed?posts=10', { script: SCRIPT });
  const other = await stand.page('/feed?posts=10', { script: SCRIPT });
  await until(() => stand.told('RENDERED') === 4, 'two renders a tab');
  assert.equal(new Set(stand.events.filter((e) => e.kind === 'RENDERED').map((e) => e.token)).size, 4);
  await one.context().close();
  await other.context().close();
});

test('a hidden ad goes, is told, and the page hears what else not to show', async () => {
  const page = await stand.page('/feed?posts=10', { script: SCRIPT });
  const first = page.locator('.mizan-ad').first();
  await first.locator('summary').click();
  await first.locator('button').nth(1).click();
  await until(() => stand.told('HIDE_ADVERTISER', 't0-5') === 1, 'the event');
  assert.deepEqual(await page.evaluate(() => window.hidden), ['advertiser']);
  assert.equal(await page.locator('.mizan-ad[role=status] a').getAttribute('href'), `${stand.base}/why/t0-5?lang=en`);
  await page.context().close();
});

test('ads that the page\'s server has drawn are seen to as well, when they are labelled', async () => {
  stand.decide = () => null;
  const page = await stand.page('/feed?posts=3', {
    script: `
      const main = document.querySelector('main');
      for (const [token, label] of [['ssr', 'Ad'], ['bare', '']]) {
        const drawn = Object.assign(document.createElement('aside'), { textContent: 'words' });
        drawn.dataset.mizanToken = token;
        const mark = Object.assign(document.createElement('b'), { textContent: label });
        mark.dataset.mizanLabel = '';
        drawn.append(mark);
        main.prepend(drawn);
      }
      ${SCRIPT}`.replace(/import .*\n/, (line) => line).replace(/^([\s\S]*?)(import .*\n)/, '$2$1'),
  });
  await until(() => stand.told('VIEWABLE', 'ssr') === 1, 'the view');
  assert.equal(stand.told('RENDERED', 'ssr'), 1);
  assert.equal(stand.told('RENDERED', 'bare'), 0);
  await page.context().close();
});

test('the element needs no script of the page\'s own', async () => {
  const page = await stand.page('/feed?posts=0', {
    script: `import '/src/element.js';
      const feed = document.createElement('mizan-feed');
      feed.setAttribute('decide', '/ads');
      for (let i = 0; i < 10; i++) {
        const post = Object.assign(document.createElement('p'), { textContent: 'Post ' + i });
        post.dataset.postId = 'p' + i;
        feed.append(post);
      }
      document.querySelector('main').append(feed);`,
  });
  await page.locator('.mizan-ad').nth(1).waitFor();
  await until(() => stand.told('RENDERED') === 2, 'two renders');
  await page.context().close();
});
