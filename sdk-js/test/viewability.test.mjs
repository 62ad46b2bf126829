// Traces of what a reader does, each with the verdict of the MRC's rule: half of the pixels, a second without a break,
// the tab shown; 30 % of a large ad; two seconds of a video. The verdict is worked out here from the trace alone.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Stand, frames } from './stand.mjs';

const SEED = Number(process.env.MIZAN_SEED ?? 20261125);
let stand;
before(async () => {
  stand = await Stand.open();
  await stand.fresh();
  page = await stand.page('/feed?posts=0', { script: SCRIPT, clock: true, width: 1000, height: 800 });
  await page.waitForFunction(() => window.ready, undefined, { polling: 20 });
});
after(() => stand.close());

const SCRIPT = `
import { Viewability } from '/src/viewability.js';
document.body.style.margin = 0;
let box; let viewability;
window.start = (style, video) => {
  viewability?.stop();
  box = Object.assign(document.createElement('div'), {});
  Object.assign(box.style, style);
  if (video) box.append(document.createElement('video'));
  const [above, below] = [1, 2].map(() => Object.assign(document.createElement('div')));
  above.style.height = below.style.height = '5000px';
  document.body.replaceChildren(above, box, below);
  window.seen = 0;
  window.state(0, false);
  viewability = new Viewability();
  viewability.watch(box, () => window.seen++);
};
// The lower edge of the window at this share of the box, and whether the tab is shown.
window.state = (share, hidden) => {
  Object.defineProperty(document, 'visibilityState', { get: () => hidden ? 'hidden' : 'visible', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
  scrollTo(0, 5000 + Math.round(box.offsetHeight * share) - innerHeight);
};
window.ready = true;
`;

let page;
async function play(steps, { style = { width: '300px', height: '200px' }, video = false } = {}) {
  await page.evaluate(([s, v]) => window.start(s, v), [style, video]);
  await frames(page);
  for (const { share, hidden = false, ms } of steps) {
    await page.evaluate(([s, h]) => window.state(s, h), [share, hidden]);
    await frames(page);
    await page.evaluate((by) => window.hand.run(by), ms);
  }
  return page.evaluate(() => window.seen);
}

// The rule, from its text.
function verdict(steps, { large = false, video = false } = {}) {
  let held = 0;
  for (const { share, hidden = false, ms } of steps) {
    held = share >= (large ? 0.3 : 0.5) && !hidden ? held + ms : 0;
    if (held >= (video ? 2_000 : 1_000)) return 1;
  }
  return 0;
}

const named = [
  ['49 % for three seconds', [{ share: 0.49, ms: 3_000 }], {}, 0],
  ['half for 0.9 s', [{ share: 0.5, ms: 900 }, { share: 0, ms: 2_000 }], {}, 0],
  ['half for 1.1 s', [{ share: 0.5, ms: 1_100 }], {}, 1],
  ['0.6 s twice, with a break', [{ share: 1, ms: 600 }, { share: 0.2, ms: 100 }, { share: 1, ms: 600 }], {}, 0],
  ['0.6 s twice, without a break', [{ share: 1, ms: 600 }, { share: 0.6, ms: 600 }], {}, 1],
  ['a tab that is not shown', [{ share: 1, hidden: true, ms: 5_000 }], {}, 0],
  ['a tab that is shown after a while', [{ share: 1, hidden: true, ms: 5_000 }, { share: 1, ms: 1_001 }], {}, 1],
  ['a fast scroll', Array.from({ length: 12 }, (_, i) => ({ share: i % 2 ? 1 : 0, ms: 90 })), {}, 0],
  ['a video for 1.9 s', [{ share: 1, ms: 1_900 }, { share: 0, ms: 500 }], { video: true }, 0],
  ['a video for 2 s', [{ share: 1, ms: 2_000 }], { video: true }, 1],
  ['29 % of a large ad', [{ share: 0.29, ms: 3_000 }], { large: true }, 0],
  ['30 % of a large ad', [{ share: 0.3, ms: 1_000 }], { large: true }, 1],
];
const settings = ({ large, video }) => ({ style: large ? { width: '970px', height: '250px' } : undefined, video });

for (const [what, steps, kind, seen] of named) {
  test(`${what}: ${seen ? 'viewable' : 'not viewable'}`, async () => {
    assert.equal(verdict(steps, kind), seen);
    assert.equal(await play(steps, settings(kind)), seen);
  });
}

test('an ad of no size is never seen', async () => {
  assert.equal(await play([{ share: 1, ms: 5_000 }], { style: { width: '0px', height: '0px' } }), 0);
  assert.equal(await play([{ share: 1, ms: 5_000 }], { style: { width: '1px', height: '1px' } }), 0);
});

test(`fifty random traces, seed ${SEED}`, async () => {
  let state = SEED;
  const random = () => { // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const tally = [0, 0];
  for (let i = 0; i < 50; i++) {
    const kind = { large: random() < 0.25, video: random() < 0.25 };
    const steps = Array.from({ length: 2 + Math.floor(random() * 8) }, () => ({
      share: [0, 0.2, 0.29, 0.3, 0.49, 0.5, 0.7, 1][Math.floor(random() * 8)],
      hidden: random() < 0.15,
      ms: Math.floor(random() * 1_600),
    }));
    const expected = verdict(steps, kind);
    tally[expected]++;
    assert.equal(await play(steps, settings(kind)), expected, `trace ${i}: ${JSON.stringify({ kind, steps })}`);
  }
  assert.ok(tally[0] >= 10 && tally[1] >= 10, `both verdicts are to be seen: ${tally}`);
});

