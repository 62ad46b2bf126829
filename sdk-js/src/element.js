// <mizan-feed decide="/ads" posts="article">…</mizan-feed>: the same without a line of script.
import { feed } from './mizan.js';

customElements.define('mizan-feed', class extends HTMLElement {
  #feed;

  connectedCallback() {
    const address = this.getAttribute('decide');
    if (!address) return;
    const given = Object.fromEntries(['posts', 'server'].filter((n) => this.hasAttribute(n)).map((n) => [n, this.getAttribute(n)]));
    this.#feed = feed(this, {
      ...given,
      decide: async (page) => {
        const answer = await fetch(address, {
          method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(page),
        });
        if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
        return answer.json();
      },
    });
  }

  disconnectedCallback() {
    this.#feed?.stop();
  }
});
