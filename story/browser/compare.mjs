// Pictures for docs/console: each reference page beside the page that the product renders, as one small webp.
//
//   node compare.mjs <folder of the reference> http://localhost:8080 <folder for the pictures>
//
// The reference is plain HTML; the product is a demo that has played its weeks. CHROMIUM names the browser.
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [reference, base, out] = process.argv.slice(2);
if (!base || !out) { console.error('usage: node compare.mjs <reference> <base> <folder>'); process.exit(64); }
mkdirSync(out, { recursive: true });
const WIDTH = 1440, HEIGHT = 1500, QUALITY = 0.72, SCALE = 0.5;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--allow-file-access-from-files'],
});
const campaign = (await (await fetch(`${base}/campaigns`)).text()).match(/\/campaigns\/cmp_[0-9A-Z]+/)[0];
const SCREENS = [['revenue-desk', '/desk'], ['campaign', campaign], ['feed-demo', '/feed'], ['ad-repository', '/ads']];

async function shot(context, address) {
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready);
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: WIDTH, height: HEIGHT } });
  await page.close();
  return `data:image/png;base64,${picture.toString('base64')}`;
}

/** Both pictures on one canvas, as webp. */
function join([pictures, scale, quality]) {
  return Promise.all(pictures.map(source => new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image); image.onerror = failed; image.src = source;
  }))).then(images => {
    const gap = 16, canvas = document.createElement('canvas');
    canvas.width = images.reduce((sum, i) => sum + i.width * scale, gap * (images.length - 1));
    canvas.height = Math.max(...images.map(i => i.height * scale));
    const draw = canvas.getContext('2d');
    draw.fillStyle = '#888'; draw.fillRect(0, 0, canvas.width, canvas.height);
    draw.imageSmoothingQuality = 'high';
    images.reduce((x, i) => { draw.drawImage(i, x, 0, i.width * scale, i.height * scale); return x + i.width * scale + gap; }, 0);
    return canvas.toDataURL('image/webp', quality);
  });
}

try {
  const joiner = await browser.newPage();
  for (const theme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width: WIDTH, height: HEIGHT }, colorScheme: theme });
    for (const [name, path] of SCREENS) for (const lang of ['en', 'ar']) {
      // Dark once a screen: the tokens are the same in both languages.
      if (theme === 'dark' && lang === 'ar') continue;
      const pictures = [
        await shot(context, pathToFileURL(resolve(reference, `${name}.${lang}.html`)).href + `?theme=${theme}`),
        await shot(context, `${base}${path}?lang=${lang}&theme=${theme}`),
      ];
      const webp = await joiner.evaluate(join, [pictures, SCALE, QUALITY]);
      writeFileSync(`${out}/${name}.${lang}.${theme}.webp`, Buffer.from(webp.split(',')[1], 'base64'));
      console.log(`${name}.${lang}.${theme}.webp`);
    }
    await context.close();
  }
} finally { await browser.close(); }
