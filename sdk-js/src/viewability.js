// When an ad was seen, by the MRC's viewability guidelines: half of its pixels (30 % of an ad of 242,500 and more) for
// one second without a break, two for video, in a tab that is shown. The pixels come first, then the clock.

const LARGE = 242_500; // CSS pixels
const SECOND = 1_000;

// Why nobody can see the element wherever the page is scrolled to; undefined when somebody may.
export function whyUnseen(element) {
  if (document.visibilityState !== 'visible') return 'HIDDEN';
  const { width, height } = element.getBoundingClientRect();
  return width * height > 1 ? undefined : 'NO_SIZE';
}

export class Viewability {
  #seen = new WeakMap();
  #watched = new Set();
  #observer = new IntersectionObserver((entries) => entries.forEach((e) => this.#moved(e)), {
    threshold: [0, 0.3, 0.5],
  });

  constructor() {
    this.shown = () => this.#watched.forEach((element) => this.#judge(element));
    document.addEventListener('visibilitychange', this.shown);
  }

  // Calls `then` once, when the element was viewable for long enough, and `drawn` once, when it first could be seen.
  watch(element, then, drawn) {
    const video = element.querySelector('video');
    this.#seen.set(element, { then, drawn, needed: video ? 2 * SECOND : SECOND, enough: false, timer: 0, since: 0 });
    this.#watched.add(element);
    this.#observer.observe(element);
  }

  forget(element) {
    clearTimeout(this.#seen.get(element)?.timer);
    this.#seen.delete(element);
    this.#watched.delete(element);
    this.#observer.unobserve(element);
  }

  stop() {
    [...this.#watched].forEach((element) => this.forget(element));
    this.#observer.disconnect();
    document.removeEventListener('visibilitychange', this.shown);
  }

  #moved({ target, intersectionRatio, boundingClientRect: { width, height } }) {
    const state = this.#seen.get(target);
    if (!state) return;
    const area = width * height;
    state.enough = area > 1 && intersectionRatio >= (area >= LARGE ? 0.3 : 0.5);
    this.#judge(target);
  }

  #judge(element) {
    const state = this.#seen.get(element);
    if (state.drawn && !whyUnseen(element)) {
      state.drawn();
      state.drawn = undefined;
    }
    if (!state.enough || document.visibilityState !== 'visible') {
      clearTimeout(state.timer);
      state.timer = 0;
    } else if (!state.timer) {
      state.since = performance.now();
      state.timer = setTimeout(() => this.#reached(element), state.needed);
    }
  }

  // The timer may come late, and what happened meanwhile may still wait to be told.
  #reached(element) {
    this.#observer.takeRecords().forEach((e) => this.#moved(e));
    const state = this.#seen.get(element);
    if (!state?.timer) return;
    const left = state.needed - (performance.now() - state.since);
    if (left > 0) {
      state.timer = setTimeout(() => this.#reached(element), left);
      return;
    }
    this.forget(element);
    state.then();
  }
}
