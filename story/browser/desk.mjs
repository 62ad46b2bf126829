// How soon the revenue desk of a year with 500 advertisers is painted in Chromium, each time by a browser that has
// nothing of it yet, and what that costs the server.
//
//   node desk.mjs /path/of/mizan.jar
//
// The least disturbed of the loads counts against the limit, because others may use the machine; all are printed.
// CHROMIUM names the browser, JAVA_HOME the JDK. Exit code 0: within a second; 2: not; 64: wrong arguments.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [jar] = process.argv.slice(2);
if (!jar) { console.error('usage: node desk.mjs <mizan.jar>'); process.exit(64); }
const MOST_MILLIS = 1_000, LOADS = 7;
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
const server = spawn(java, ['--enable-native-access=ALL-UNNAMED', '-jar', jar, 'bench', 'desk', '--json', '--hold'],
  { stdio: ['pipe', 'pipe', 'inherit'] });
let slow = false;
try {
  const figures = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', line => { if (line.startsWith('{')) resolve(JSON.parse(line)); });
    server.on('exit', code => reject(new Error(`the server ended with ${code}`)));
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  figures.first_contentful_paint_ms = {};
  for (const path of ['/desk?lang=en', '/desk?lang=ar', '/desk?lang=en&weeks=52']) {
    const painted = [];
    for (let load = 0; load < LOADS; load++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(figures.base + path, { waitUntil: 'load' });
      painted.push(await page.evaluate(() => new Promise(done => new PerformanceObserver((list, seen) => {
        const first = list.getEntriesByName('first-contentful-paint')[0];
        if (first) { seen.disconnect(); done(Math.round(first.startTime)); }
      }).observe({ type: 'paint', buffered: true }))));
      await context.close();
    }
    painted.sort((one, other) => one - other);
    figures.first_contentful_paint_ms[path] = { least: painted[0], median: painted[LOADS >> 1], most: painted.at(-1) };
    slow ||= painted[0] > MOST_MILLIS;
  }
  await browser.close();
  console.log(JSON.stringify(figures));
} finally { server.stdin.end(); }
process.exit(slow ? 2 : 0);
