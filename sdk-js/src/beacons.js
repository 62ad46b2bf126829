// What readers saw, told to Mizan: in batches, again when it fails, never at the page's cost.
// Mizan counts each kind once for an impression, so telling it twice is safe and telling it never is not.

const BATCH = 20; // events a request, and at once when so many wait
const WAIT = 1_000; // ms that an event waits for others
const MOST = 500; // events that are kept while nothing gets through; then the oldest go
const TRIES = 6; // after waits of 1, 2, 4, 8, 16 s what could not be told is given up

export class Beacons {
  #url; #queue = []; #timer = 0; #tries = 0; #busy = false;

  constructor(server) {
    this.#url = new URL('/v1/events', server).href;
    this.hidden = () => document.visibilityState === 'hidden' && this.leave();
    this.left = () => this.leave();
    document.addEventListener('visibilitychange', this.hidden);
    addEventListener('pagehide', this.left);
  }

  /** @param unseen why nobody could see it, if so: then Mizan keeps it and does not count it */
  tell(kind, token, unseen) {
    this.#queue.push(unseen ? { kind, token, unseen } : { kind, token });
    if (this.#queue.length > MOST) this.#queue.shift();
    this.#later(this.#queue.length >= BATCH ? 0 : WAIT);
  }

  // The page may be gone in a moment: the browser itself carries what is left.
  leave() {
    while (this.#queue.length && !this.#busy) {
      const some = this.#queue.slice(0, BATCH);
      if (!navigator.sendBeacon?.(this.#url, body(some))) return;
      this.#queue.splice(0, some.length);
    }
  }

  stop() {
    this.leave();
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.hidden);
    removeEventListener('pagehide', this.left);
  }

  #later(ms) {
    if (this.#timer && ms) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#timer = 0; this.#send(); }, ms);
  }

  async #send() {
    if (this.#busy || !this.#queue.length) return;
    this.#busy = true;
    const some = this.#queue.slice(0, BATCH);
    const done = await this.#post(some);
    this.#busy = false;
    if (done || ++this.#tries >= TRIES) {
      this.#queue.splice(0, some.length);
      this.#tries = 0;
    }
    if (this.#queue.length) this.#later(this.#tries ? 2 ** (this.#tries - 1) * WAIT : 1);
  }

  // True when there is no use in telling these again.
  async #post(events) {
    try {
      const answer = await fetch(this.#url, {
        method: 'POST', body: body(events), keepalive: true, credentials: 'omit', referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(10_000),
      });
      return answer.status < 500 && answer.status !== 429 && answer.status !== 408;
    } catch {
      return false; // Blocked, offline or too slow.
    }
  }
}

// text/plain needs no preflight, and is what a beacon may carry to another origin.
const body = (events) => JSON.stringify({ events });
