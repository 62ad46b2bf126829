/** What the page's own server is asked for; it sends it on to `POST /v1/decisions` with its key. */
export interface Page {
  /** Ids of the posts of this page, in the order they are read; at most 200. */
  posts: string[];
  /** What the page before was answered with; spacing and caps hold across pages by it. */
  cursor?: string;
}

/** Its width and height are those of the file; `caption` says what happens in one that moves. */
export interface Picture {
  name: string;
  url: string;
  width: number;
  height: number;
  alternative: string;
  caption?: string;
}

/** An ad as `POST /v1/decisions` answers it. */
export interface Ad {
  id: string;
  impression: string;
  token: string;
  /** Says that it is an ad, in the reader's language. Never empty. */
  label: string;
  advertiser: string;
  /** Who pays, by their legal name. */
  payer: string;
  kind: string;
  /** Language of the words below. */
  language: string;
  headline: string;
  body: string;
  call_to_action: string;
  picture?: Picture;
  /** Of a carousel, in their order. */
  cards?: { headline: string; picture: Picture }[];
  /** Path at the Mizan server that counts the click and goes on to the advertiser. */
  click: string;
  pixel: string;
  /** Path at the Mizan server of the page that says why, who pays, and takes back what was hidden. */
  why?: string;
  expires_at: string;
}

export interface Slot {
  /** The ad follows this post of the page, counted from 1. */
  after_post: number;
  after_post_id?: string;
  ad: Ad | null;
  /** Why there is none. */
  reason?: string;
}

/** The answer of `POST /v1/decisions`, as it came. */
export interface Decision {
  id: string;
  slots: Slot[];
  cursor?: string;
}

export interface Parts {
  /** Origin of the Mizan server, for `ad.click`. */
  server: string;
  language: 'ar' | 'en';
  /** Removes the ad, tells Mizan, and calls `onHide`. */
  hide(scope: 'ad' | 'advertiser'): void;
  /** To be called when the reader follows the ad. */
  click(): void;
}

export interface Options {
  /** Asks your server, which asks Mizan. Nothing, or a refusal, means no ads on this page. */
  decide(page: Page): Promise<Decision | null | undefined> | Decision | null | undefined;
  /** Selector of the posts within the element; `[data-post-id]` unless given. */
  posts?: string;
  /** The id under which Mizan knows a post; its `data-post-id` unless given. */
  idOf?(post: Element): string | undefined;
  /** The Mizan server; where this module came from unless given. */
  server?: string;
  /** The language of the controls; that of the page unless given. */
  language?: 'ar' | 'en';
  /** The cursor of a page that your server has decided already. */
  cursor?: string;
  /** Draws an ad your way. What it returns must hold the label and the payer, or nothing is shown. */
  draw?(ad: Ad, parts: Parts): Element;
  onShow?(ad: Ad, drawn: Element): void;
  onClick?(ad: Ad): void;
  /** The reader hid it. Mizan remembers that for viewers with a key; for others send it as `hidden_ads` or `hidden_advertisers`. */
  onHide?(ad: Ad, scope: 'ad' | 'advertiser'): void;
  /** A decision failed; the feed has simply no ads there. */
  onProblem?(problem: unknown): void;
}

/** Ads in one feed. */
export interface Feed {
  /** Draws nothing more and tells what was seen. */
  stop(): void;
}

/**
 * Puts ads between the posts of a feed, now and as it grows.
 *
 * @throws TypeError without an element or without `decide`
 */
export function feed(element: Element, options: Options): Feed;
