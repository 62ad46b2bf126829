// Ads of a Mizan server in any feed. The page's own server asks for decisions (its key never reaches a browser);
// this draws them between the posts, sees whether they were seen, and tells. Whatever fails, the feed stays whole.
import { Beacons } from './beacons.js';
import { draw, hiddenNote } from './draw.js';
import { Viewability, whyUnseen } from './viewability.js';
import { languageOf } from './words.js';

const QUIET = 100; // ms without new posts after which a page is complete
const MOST_POSTS = 200; // a decision looks at no more

/** See types/mizan.d.ts for what the options mean. */
export function feed(element, options) {
  return new Feed(element, options);
}

class Feed {
  #element; #options; #server; #language; #beacons; #viewability = new Viewability(); #observer;
  #asked = new WeakSet(); #cursor; #asking = false; #timer = 0; #stopped = false;

  constructor(element, options) {
    if (!(element instanceof Element)) throw new TypeError('mizan.feed needs the element that holds the posts');
    if (typeof options?.decide !== 'function') throw new TypeError('mizan.feed needs decide(page): ask your own server');
    this.#element = element;
    this.#options = { posts: '[data-post-id]', idOf: (post) => post.dataset.postId, draw, ...options };
    this.#server = new URL(options.server ?? import.meta.url).origin;
    this.#language = options.language ?? languageOf(element);
    this.#cursor = options.cursor;
    this.#beacons = new Beacons(this.#server);
    element.querySelectorAll('[data-mizan-token]').forEach((ad) => this.#adopt(ad));
    this.#observer = new MutationObserver(() => this.#soon());
    this.#observer.observe(element, { childList: true, subtree: true });
    this.#soon();
  }

  /** Draws nothing more and tells what was seen. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#observer.disconnect();
    this.#viewability.stop();
    this.#beacons.stop();
  }

  #soon() {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.#page(), QUIET);
  }

  // One page after the other: each needs the cursor of the one before.
  async #page() {
    if (this.#asking || this.#stopped) return;
    const posts = [...this.#element.querySelectorAll(this.#options.posts)]
      .filter((post) => !this.#asked.has(post) && this.#options.idOf(post)).slice(0, MOST_POSTS);
    if (!posts.length) return;
    posts.forEach((post) => this.#asked.add(post));
    this.#asking = true;
    try {
      const page = { posts: posts.map((post) => this.#options.idOf(post)) };
      if (this.#cursor) page.cursor = this.#cursor;
      const decision = await this.#options.decide(page);
      if (decision && !this.#stopped) this.#fill(posts, decision);
    } catch (problem) {
      this.#options.onProblem?.(problem);
    }
    this.#asking = false;
    this.#soon();
  }

  #fill(posts, decision) {
    this.#cursor = decision.cursor ?? this.#cursor;
    for (const slot of decision.slots ?? []) {
      const post = posts[slot.after_post - 1];
      // What was scrolled past stays as it was: an ad above would push away what is being read.
      if (slot.ad && post?.isConnected && post.getBoundingClientRect().bottom >= 0) this.#show(slot.ad, post);
    }
  }

  #show(ad, post) {
    if (!ad.token || !ad.label || !ad.payer || !ad.advertiser) return; // The label or nothing.
    const parts = {
      server: this.#server, language: this.#language,
      hide: (scope) => this.#hide(drawn, ad, scope), click: () => this.#options.onClick?.(ad),
    };
    const drawn = this.#options.draw(ad, parts);
    if (!(drawn instanceof Element) || !says(drawn, ad.label) || !says(drawn, ad.payer)) return;
    this.#asked.add(drawn);
    post.after(drawn);
    this.#told(drawn, ad.token);
    this.#options.onShow?.(ad, drawn);
  }

  // An ad that the page's server has drawn already.
  #adopt(drawn) {
    if (drawn.querySelector('[data-mizan-label]')?.textContent.trim()) this.#told(drawn, drawn.dataset.mizanToken);
  }

  #told(drawn, token) {
    const unseen = whyUnseen(drawn);
    this.#beacons.tell('RENDERED', token, unseen);
    this.#viewability.watch(drawn, () => this.#beacons.tell('VIEWABLE', token),
      unseen && (() => this.#beacons.tell('RENDERED', token)));
  }

  #hide(drawn, ad, scope) {
    this.#beacons.tell(scope === 'advertiser' ? 'HIDE_ADVERTISER' : 'HIDE', ad.token);
    this.#viewability.forget(drawn);
    const note = hiddenNote(ad, { server: this.#server, language: this.#language });
    note.className = drawn.className;
    drawn.replaceWith(note);
    this.#options.onHide?.(ad, scope);
  }
}

const says = (drawn, text) => drawn.textContent.includes(text);
