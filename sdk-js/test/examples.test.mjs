import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { Stand } from './stand.mjs';

let stand;
before(async () => {
  stand = await Stand.open();
  const { outputFiles: [file] } = await build({
    entryPoints: [new URL('../examples/react.jsx', import.meta.url).pathname],
    bundle: true, format: 'esm', jsx: 'automatic', write: false, define: { 'process.env.NODE_ENV': '"production"' },
  });
  stand.bundle = file.text;
});
after(() => stand.close());
beforeEach(() => stand.fresh());

const until = async (holds, what) => {
  for (let i = 0; i < 200; i++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`not within 10 s: ${what}`);
};

test('plain HTML', async () => {
  const page = await stand.page('/examples/plain.html');
  await page.locator('[data-post-id=p5] + .mizan-ad').waitFor();
  await until(() => stand.told('RENDERED') === 1, 'the render');
  assert.deepEqual(page.problems, []);
});

test('a Mastodon-like timeline in Arabic: new statuses above, ads stay where they are', async () => {
  const page = await stand.page('/examples/mastodon.html');
  await page.locator('.mizan-ad').nth(1).waitFor();
  assert.equal(stand.asked[0].posts[0], 'https://social.example/statuses/109');
  assert.equal(await page.locator('.mizan-ad').first().evaluate((e) => getComputedStyle(e).direction), 'rtl');
  await page.evaluate(() => window.stream());
  await until(() => stand.asked.length === 2, 'the page of the new status');
  assert.deepEqual(stand.asked[1], { posts: ['https://social.example/statuses/110'], cursor: 'page-0' });
  assert.equal(await page.locator('.mizan-ad').count(), 2);
  assert.deepEqual(page.problems, []);
});

test('a Discourse-like topic with a drawing of its own', async () => {
  const page = await stand.page('/examples/discourse.html');
  await page.locator('.topic-post.sponsored').nth(1).waitFor();
  await page.evaluate(() => window.load(11, 20));
  await page.locator('.topic-post.sponsored').nth(3).waitFor();
  assert.deepEqual(stand.asked.map((p) => p.posts.length), [10, 10]);
  await page.locator('.topic-post.sponsored button').first().click();
  await until(() => stand.told('HIDE') === 1, 'the hiding');
  assert.deepEqual(page.problems, []);
});

test('React: more posts, one less, and the end of the component', async () => {
  const page = await stand.page('/examples/react.html');
  await page.locator('.mizan-ad').nth(1).waitFor();
  await page.evaluate(() => window.more());
  await page.locator('.mizan-ad').nth(3).waitFor();
  await page.evaluate(() => window.remove(4));
  await until(async () => (await page.locator('[data-post-id]').count()) === 19, 'one post less');
  assert.equal(await page.locator('.mizan-ad').count(), 4);
  await page.evaluate(() => window.unmount());
  await until(async () => (await page.locator('[data-post-id]').count()) === 0, 'nothing left');
  assert.deepEqual(page.problems, []);
});
