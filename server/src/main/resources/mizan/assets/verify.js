// Checks a proof pack in the browser: the file is read here and goes nowhere. A third implementation of the formats in
// docs/formats, beside the verifier's own; the order of the checks is the order of trust.
'use strict';
(function (scope) {
  const TIERS = ['SAFE', 'LOW', 'MEDIUM', 'HIGH', 'FLOOR'];
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const latin1 = new TextDecoder('latin1');
  const bytesOf = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
  const join = (...parts) => {
    const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    let at = 0;
    for (const p of parts) { all.set(p, at); at += p.length; }
    return all;
  };
  class Broken extends Error {
    constructor(where, code) { super(code); this.where = where; this.code = code; }
  }
  const unless = (sound, code = 'form') => { if (!sound) throw new Broken('', code); };
  const unhex = (text, n) => {
    unless(new RegExp(`^[0-9a-f]{${2 * n}}$`).test(text));
    return Uint8Array.from(text.match(/../g), (d) => parseInt(d, 16));
  };
  const base64 = (text) => {
    let raw;
    try { raw = atob(text); } catch { throw new Broken('', 'form'); }
    if (btoa(raw) !== text) throw new Broken('', 'form');
    return Uint8Array.from(raw, (c) => c.charCodeAt(0));
  };

  // JSON as receipts use it: whole numbers of 18 digits at most, no spaces, no name twice, nothing behind the value.
  function readJson(bytes) {
    let text;
    try { text = utf8.decode(bytes); } catch { throw new Broken('', 'form'); }
    let at = 0;
    const next = (c) => text[at] === c && ++at > 0;
    const string = () => {
      unless(next('"'));
      const found = /[^"\\\u0000-\u001f]*(?:\\(?:["\\bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
      found.lastIndex = at;
      const [whole] = found.exec(text) ?? [''];
      unless(whole);
      at += whole.length;
      return whole.includes('\\') ? JSON.parse('"' + whole) : whole.slice(0, -1);
    };
    const value = (depth) => {
      unless(depth <= 16);
      if (text[at] === '"') return string();
      if (next('{')) {
        const object = Object.create(null);
        if (next('}')) return object;
        do {
          const name = string();
          unless(next(':') && !(name in object));
          object[name] = value(depth + 1);
        } while (next(','));
        unless(next('}'));
        return object;
      }
      if (next('[')) {
        const list = [];
        if (next(']')) return list;
        do list.push(value(depth + 1)); while (next(','));
        unless(next(']'));
        return list;
      }
      const word = /true|false|null|0|-?[1-9][0-9]{0,17}/y;
      word.lastIndex = at;
      const [found] = word.exec(text) ?? [''];
      unless(found);
      at += found.length;
      return { true: true, false: false, null: null }[found] ?? (found === 'null' ? null : BigInt(found));
    };
    const whole = value(0);
    unless(at === text.length);
    return whole;
  }
  // What a value has to be; anything else is no form that the format knows.
  const MOST_COUNT = 2 ** 31 - 1, MOST_NUMBER = 10n ** 18n - 1n;
  const get = (object, name) => {
    unless(typeof object === 'object' && object !== null && !Array.isArray(object) && name in object);
    return object[name];
  };
  const number = (value, least = -MOST_NUMBER, most = MOST_NUMBER) => {
    unless(typeof value === 'bigint' && value >= least && value <= most);
    return value;
  };
  const count = (value, most = MOST_COUNT, least = 0) => Number(number(value, BigInt(least), BigInt(most)));
  const string = (value) => { unless(typeof value === 'string'); return value; };
  const flag = (value) => { unless(typeof value === 'boolean'); return value; };
  const list = (value) => { unless(Array.isArray(value)); return value; };
  const strings = (value) => list(value).map(string);
  const item = (value, place) => { unless(place < list(value).length); return value[place]; };
  const present = (object, name, read) => { const value = get(object, name); return value === null ? null : read(value); };
  const isId = (text) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text.slice(text.indexOf('_') + 1));
  const size = (text) => { unless(/^(0|[1-9][0-9]{0,14})$/.test(text)); return Number(text); };
  const day = (text) => {
    const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text + 'T00:00:00Z') : new Date(NaN);
    unless(!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text));
    return text;
  };

  // FIPS 180-4. The browser's own hashing answers later, and a pack needs a hash a line.
  const K = new Uint32Array(64);
  const START = new Uint32Array(8);
  (() => {
    const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32);
    for (let n = 2, found = 0; found < 64; n++) {
      let prime = true;
      for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
      if (!prime) continue;
      if (found < 8) START[found] = fraction(Math.sqrt(n));
      K[found++] = fraction(Math.cbrt(n));
    }
  })();
  const W = new Uint32Array(64);
  function sha256(...parts) {
    const message = parts.length === 1 ? parts[0] : join(...parts);
    const padded = new Uint8Array(((message.length + 8) >> 6) * 64 + 64);
    padded.set(message);
    padded[message.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
    view.setUint32(padded.length - 4, message.length << 3);
    const h = START.slice();
    for (let at = 0; at < padded.length; at += 64) {
      for (let i = 0; i < 16; i++) W[i] = view.getUint32(at + 4 * i);
      for (let i = 16; i < 64; i++) {
        const a = W[i - 15], b = W[i - 2];
        W[i] = W[i - 16] + W[i - 7] + ((a >>> 7 | a << 25) ^ (a >>> 18 | a << 14) ^ a >>> 3)
          + ((b >>> 17 | b << 15) ^ (b >>> 19 | b << 13) ^ b >>> 10);
      }
      let [a, b, c, d, e, f, g, k] = h;
      for (let i = 0; i < 64; i++) {
        const t = k + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + W[i];
        const u = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c);
        k = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
      }
      h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += k;
    }
    const out = new Uint8Array(32);
    h.forEach((x, i) => new DataView(out.buffer).setUint32(4 * i, x));
    return out;
  }
  const leafHash = (entry) => sha256(Uint8Array.of(0), entry);
  const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

  // The members of a zip file that a pack has, by its central directory; others are not looked at.
  const NOTE = 'manifest.note';
  const MEMBER = /^(manifest\.json|checkpoint|invoice\.csv|[a-z]+\.jsonl|tile\/.*)$/;
  // What a page can hold at once, and what a tile or a checkpoint may be at most.
  const MOST_LINES = 2 ** 30, MOST_BYTES = 32 << 20, TILE = 8192;
  async function unzip(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let end = bytes.length - 22;
    // Its comment reaches to the end, or it leads to a directory and a first member: then something was put behind it.
    const signature = (at) => (at >= 0 && at + 4 <= bytes.length ? view.getUint32(at, true) : 0);
    const ends = (at) => {
      if (signature(at) !== 0x06054b50) return false;
      if (at + 22 + view.getUint16(at + 20, true) === bytes.length) return true;
      const directory = at - view.getUint32(at + 12, true);
      return signature(directory) === 0x02014b50 && signature(directory - view.getUint32(at + 16, true)) === 0x04034b50;
    };
    while (end >= 0 && bytes.length - end < 2 ** 16 + 22 && !ends(end)) end--;
    if (end < 0 || !ends(end)) throw new Broken('', 'no_zip');
    const entries = view.getUint16(end + 10, true);
    if (entries === 0xffff) throw new Broken('', 'large');
    let at = end - view.getUint32(end + 12, true);
    // Where the file begins: something may stand before it.
    const start = at - view.getUint32(end + 16, true);
    const found = new Map(), members = new Map();
    try {
      for (let n = entries; n > 0; n--) {
        unless(view.getUint32(at, true) === 0x02014b50 && (view.getUint16(at + 8, true) & 1) === 0, 'no_zip');
        const method = view.getUint16(at + 10, true), packed = view.getUint32(at + 20, true);
        const name = utf8.decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
        const local = start + view.getUint32(at + 42, true);
        unless(view.getUint32(local, true) === 0x04034b50 && (method === 0 || method === 8), 'no_zip');
        const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        unless(from + packed <= bytes.length, 'no_zip');
        const data = bytes.subarray(from, from + packed);
        if (found.has(name)) throw new Broken(name, 'member_twice');
        found.set(name, { method, data });
        at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
      }
      unless(at === end, 'no_zip');
      for (const [name, { method, data }] of found) {
        const most = name.startsWith('tile/') ? TILE : /\.(jsonl|csv|zip)$/.test(name) ? MOST_LINES : MOST_BYTES;
        const known = MEMBER.test(name) || found.has(NOTE);
        members.set(name, !known ? null : method === 0 ? data : await inflate(name, data, most));
      }
    } catch (e) {
      throw e instanceof Broken ? e : new Broken('', 'no_zip');
    }
    return members;
  }
  async function inflate(name, data, most) {
    const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const parts = [];
    let length = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > most) {
        await reader.cancel();
        throw new Broken(name, 'large');
      }
      parts.push(part.value);
    }
    return join(...parts);
  }

  // signed-note and tlog-checkpoint.
  function verifierKey(text) {
    const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? [];
    unless(name);
    const typed = base64(encoded);
    unless(hex(sha256(bytesOf(name + '\n'), typed).subarray(0, 4)) === id);
    unless(typed.length === { 1: 33, 4: 33, 6: 1313 }[typed[0]]);
    return { name, id, type: typed[0], key: typed.subarray(1) };
  }
  const signaturesOf = (lines) => lines.split('\n').slice(0, -1).map((line) => {
    const parts = line.split(' ');
    unless(parts.length === 3 && parts[0] === '\u2014' && parts[1] && !parts[1].includes('+'));
    const blob = base64(parts[2]);
    unless(blob.length >= 5);
    return { name: parts[1], id: hex(blob.subarray(0, 4)), blob: blob.subarray(4) };
  });
  function noteOf(bytes) {
    const note = utf8.decode(bytes), blank = note.lastIndexOf('\n\n');
    unless(blank >= 0);
    return [note.slice(0, blank + 1), signaturesOf(note.slice(blank + 2))];
  }
  function checkpointOf(bytes) {
    const note = utf8.decode(bytes);
    const blank = note.lastIndexOf('\n\n');
    const text = note.slice(0, blank + 1);
    const lines = text.split('\n');
    unless(bytes.length <= 256 << 10 && !/[\u0000-\u0009\u000b-\u001f]/.test(note) && note.endsWith('\n'));
    unless(blank >= 0 && lines.length >= 4 && lines.slice(0, -1).every(Boolean));
    const signatures = signaturesOf(note.slice(blank + 2));
    const root = base64(lines[2]);
    unless(root.length === 32 && signatures.length > 0);
    return { origin: lines[0], size: size(lines[1]), root, text, signatures };
  }
  /// Every line of a key has to be its signature.
  async function signed(checkpoint, key) {
    const lines = checkpoint.signatures.filter((s) => s.name === key.name && s.id === key.id);
    let standing = 'missing';
    for (const line of lines) {
      standing = await signedBy(checkpoint, key, line.blob);
      if (standing !== 'signed') break;
    }
    return standing;
  }
  async function signedBy(checkpoint, key, blob) {
    if (key.type === 1) return verifies(key, bytesOf(checkpoint.text), blob);
    // tlog-cosignature: a time, and what is signed with it.
    const time = blob.length < 8 ? -1n : new DataView(blob.buffer, blob.byteOffset).getBigInt64(0);
    if (time < 0n) return 'wrong';
    const message = key.type === 4 ? bytesOf(`cosignature/v1\ntime ${time}\n${checkpoint.text}`)
      : join(bytesOf('subtree/v1\n\0'), withLength(key.name), bigEndian(time), withLength(checkpoint.origin), bigEndian(0n),
        bigEndian(BigInt(checkpoint.size)), checkpoint.root);
    return verifies(key, message, blob.subarray(8));
  }
  const bigEndian = (number) => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, number);
    return bytes;
  };
  const withLength = (text) => join(Uint8Array.of(bytesOf(text).length), bytesOf(text));
  /// Browsers without ML-DSA (FIPS 204) are still about.
  async function verifies(key, message, signature) {
    const [name, form, length] = key.type === 6 ? ['ML-DSA-44', 'raw-public', 2420] : ['Ed25519', 'raw', 64];
    if (signature.length !== length) return 'wrong';
    try {
      const imported = await crypto.subtle.importKey(form, key.key, { name }, false, ['verify']);
      return (await crypto.subtle.verify({ name }, imported, signature, message)) ? 'signed' : 'wrong';
    } catch {
      return 'unsupported';
    }
  }

  // What receipts, terms, credits and payments say, in the ranges that docs/formats/receipt.md gives them.
  const MOST = 100000000000n, LATEST = 253402300799999999n, MILLION = 1000000n;
  const place = (p) => {
    const factors = list(get(p, 'factors')).map((f) => number(f));
    factors.forEach((f, n) => unless(f >= 1n && f <= (n === 0 ? MILLION : factors[n - 1])));
    return {
      floor: number(get(p, 'floor'), 0n, MOST), first_slot: count(get(p, 'first_slot'), 100), min_gap: count(get(p, 'min_gap'), 100, 1),
      min_gap_seconds: count(get(p, 'min_gap_seconds'), 3600), max_ads: count(get(p, 'max_ads'), 20),
      load: count(get(p, 'load'), 1000000), factors,
    };
  };
  const receiptOf = (r) => {
    const charge = get(r, 'charge'), budgets = get(r, 'budgets'), session = get(r, 'session'), bid = get(r, 'bid');
    const by = string(get(charge, 'by'));
    unless(['impression', 'viewable_impression', 'click'].includes(by));
    unless(list(get(r, 'posts')).length <= 200);
    const limit = (name) => present(budgets, name, (v) => number(v));
    return {
      impression: string(get(r, 'impression')), advertiser: string(get(r, 'advertiser')), campaign: string(get(r, 'campaign')),
      ad_group: string(get(r, 'ad_group')), ad: string(get(r, 'ad')), slot: count(get(r, 'slot')),
      charge: {
        by, price: number(get(charge, 'price'), 0n, MOST), currency: string(get(charge, 'currency')), at: number(get(charge, 'at'), 0n, LATEST),
        day: string(get(charge, 'day')), lease: number(get(charge, 'lease'), 0n), sequence: number(get(charge, 'sequence'), 0n),
      },
      budgets: {
        campaign_total: limit('campaign_total'), campaign_daily: limit('campaign_daily'), group_total: limit('group_total'),
        group_daily: limit('group_daily'),
      },
      terms: present(r, 'terms', (t) => `${string(get(t, 'id'))} ${number(get(t, 'version'))}`),
      placement: place(get(r, 'placement')),
      session: {
        posts: count(get(session, 'posts')), ads: count(get(session, 'ads')),
        last: present(session, 'last', (l) => ({ posts_since: count(get(l, 'posts_since')), seconds_since: count(get(l, 'seconds_since')) })),
      },
      posts: get(r, 'posts').map((p) => [string(item(p, 0)), count(item(p, 1), 4, -1), strings(item(p, 2)),
        item(p, 3) === null ? null : string(p[3]), count(item(p, 4)), count(item(p, 5))]),
      bid: {
        amount: number(get(bid, 'amount'), 0n, MOST), pace: number(get(bid, 'pace'), 0n, 10n * MILLION),
        first_price: flag(get(bid, 'first_price')), rate: number(get(bid, 'rate'), 0n, MILLION),
        sampled: number(get(bid, 'sampled'), 0n, MILLION),
      },
      bidders: list(get(r, 'bidders')).map((o) => [count(item(o, 0), 4), number(item(o, 1), 0n, MOST), number(item(o, 2), 0n, MOST),
        count(item(o, 3)), count(item(o, 4)), count(item(o, 5))]),
      slots: strings(get(r, 'slots')).map(slotSet),
      own: count(get(r, 'own')),
      winners: list(get(r, 'winners')).map((w) => [count(item(w, 0)), count(item(w, 1)), flag(item(w, 2))]),
      stopped: present(r, 'stopped', (s) => [count(item(s, 0)), number(item(s, 1), 0n)]),
      exact: flag(get(r, 'exact')),
    };
  };
  const tier = (text) => { unless(TIERS.includes(text)); return text; };
  const termsOf = (t) => {
    const topics = get(t, 'topics');
    unless(typeof topics === 'object' && topics !== null && !Array.isArray(topics));
    return {
      key: `${string(get(t, 'terms'))} ${number(get(t, 'version'))}`, advertiser: string(get(t, 'advertiser')), max_tier: tier(get(t, 'max_tier')),
      topics: Object.assign(Object.create(null), Object.fromEntries(Object.entries(topics).map(([topic, t]) => [topic, tier(t)]))),
      authors: strings(get(t, 'authors')), communities: strings(get(t, 'communities')), languages: strings(get(t, 'languages')),
      before: count(get(t, 'before'), 200), after: count(get(t, 'after'), 200),
    };
  };
  const movementOf = (kind) => (m) => {
    unless(number(get(m, 'v')) === 1n && get(m, 'kind') === kind);
    return {
      id: string(get(m, kind)), advertiser: string(get(m, 'advertiser')), currency: string(get(m, 'currency')),
      campaign: kind === 'credit' ? present(m, 'campaign', string) : null, impression: kind === 'credit' ? present(m, 'impression', string) : null,
      micros: number(get(m, 'micros'), 1n), at: number(get(m, 'at'), 0n, LATEST),
    };
  };
  const manifestOf = (m) => {
    unless(number(get(m, 'v')) === 2n && get(m, 'kind') === 'pack', 'no_pack');
    return {
      origin: string(get(m, 'origin')), keys: strings(get(m, 'keys')).map(verifierKey), cosigned: strings(get(m, 'cosigned')).map(verifierKey),
      advertiser: present(m, 'advertiser', string), campaign: present(m, 'campaign', string), from: day(get(m, 'from')), to: day(get(m, 'to')),
      sample: present(m, 'sample', (s) => ({ n: count(get(s, 'n'), 100000), seed: string(get(s, 'seed')) })),
    };
  };

  // tlog-tiles: no tile is believed before the root vouches for it.
  function tilePath(level, index, width) {
    let place = String(index % 1000).padStart(3, '0');
    for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
      place = 'x' + String(rest % 1000).padStart(3, '0') + '/' + place;
    }
    return `tile/${level}/${place}${width === 256 ? '' : '.p/' + width}`;
  }
  class TileTree {
    constructor(members, checkpoint) {
      this.members = members;
      this.size = checkpoint.size;
      this.known = new Map();
      let root = null;
      let rest = this.size;
      while (rest > 0) {
        let height = 0;
        while (rest % 2 ** (height + 1) === 0) height++;
        const level = Math.floor(height / 8);
        const first = (rest / 2 ** height - 1) * 2 ** (height % 8);
        const index = Math.floor(first / 256);
        const path = tilePath(level, index, this.width(level, index));
        if (!this.known.has(path)) this.known.set(path, this.read(level, index));
        const subtree = this.reduce(this.known.get(path), first % 256, 2 ** (height % 8));
        root = root ? nodeHash(subtree, root) : subtree;
        rest -= 2 ** height;
      }
      if (!same(root ?? sha256(new Uint8Array()), checkpoint.root)) {
        throw new Broken([...this.known.keys()].join(', '), 'tile');
      }
    }
    width(level, index) { return Math.min(256, Math.floor(this.size / 256 ** level) - index * 256); }
    read(level, index) {
      const width = this.width(level, index);
      const path = tilePath(level, index, width);
      const bytes = this.members.get(path);
      if (!bytes || bytes.length !== 32 * width) throw new Broken(path, 'tile');
      return bytes;
    }
    reduce(hashes, first, count) {
      return count === 1 ? hashes.subarray(32 * first, 32 * first + 32)
        : nodeHash(this.reduce(hashes, first, count / 2), this.reduce(hashes, first + count / 2, count / 2));
    }
    tile(level, index) {
      const path = tilePath(level, index, this.width(level, index));
      if (this.known.has(path)) return this.known.get(path);
      const tile = this.read(level, index);
      const above = this.tile(level + 1, Math.floor(index / 256));
      const place = 32 * (index % 256);
      if (tile.length !== 8192 || !same(this.reduce(tile, 0, 256), above.subarray(place, place + 32))) {
        throw new Broken(path, 'tile');
      }
      this.known.set(path, tile);
      return tile;
    }
    holds(index, entry) {
      if (!(index < this.size)) return false;
      const place = 32 * (index % 256);
      return same(leafHash(entry), this.tile(0, Math.floor(index / 256)).subarray(place, place + 32));
    }
  }

  // Where ads may stand on a page, and beside what: docs/formats/receipt.md.
  function pageOf(r) {
    const p = r.placement, posts = r.posts, last = posts.length - 1, gap = p.min_gap_seconds * p.min_gap;
    const read = [0];
    for (const post of posts) read.push(read.at(-1) + (post[4] > 0 ? post[4] * p.min_gap : p.min_gap_seconds));
    const following = [];
    for (let slot = 0; slot <= last; slot++) {
      let next = Math.max(1, slot + p.min_gap);
      while (next <= last && read[next] - read[slot] < gap) next++;
      following.push(next);
    }
    let first = Math.max(1, p.first_slot - r.session.posts);
    if (r.session.last) {
      first = Math.max(first, p.min_gap - r.session.last.posts_since);
      while (first < read.length && r.session.last.seconds_since * p.min_gap + read[first] < gap) first++;
    }
    const fits = [];
    const fit = (from) => (from > last || from < 0 ? 0 : fits[from]);
    for (let slot = last; slot >= 0; slot--) fits[slot] = 1 + fit(following[slot]);
    const load = Math.trunc(p.load * (r.session.posts + posts.length) / 1e6) - r.session.ads;
    const maxAds = Math.max(0, Math.min(p.max_ads, load, fit(first)));
    return { last, first, following, maxAds, left: (taken, from) => Math.min(maxAds - taken, fit(from)) };
  }
  function breaks(post, terms) {
    const [, tier, topics, language, , listed] = post;
    if (tier < 0 || tier >= 4) return true;
    if (!terms) return false;
    const general = topics.length === 0 || topics.some((t) => !(t in terms.topics));
    return (general && tier > TIERS.indexOf(terms.max_tier))
      || topics.some((t) => t in terms.topics && tier > TIERS.indexOf(terms.topics[t]))
      || (terms.languages.length > 0 && !terms.languages.includes(language)) || (listed & ~8) !== 0;
  }
  function breach(r, terms, slot) {
    const before = terms?.before ?? 1, after = terms?.after ?? 1;
    for (let post = slot - before; post < slot + after; post++) {
      if (post < 0 && r.session.posts === 0) continue;
      if (post < 0 || post >= r.posts.length || breaks(r.posts[post], terms)) return true;
    }
    return false;
  }
  // Whether a community keeps the billed ad from standing directly above or below one of its posts.
  const vetoed = (r, slot) => [slot - 1, slot].some((post) => (r.posts[post]?.[5] & 8) === 8);
  function allowed(r, page, terms, own) {
    const slots = new Set();
    for (let slot = page.first; slot <= page.last; slot++) {
      if (!breach(r, terms, slot) && !(own && vetoed(r, slot))) slots.add(slot);
    }
    return slots;
  }
  function slotSet(text) {
    unless(/^[0-9a-f]{1,64}$/.test(text));
    const bits = BigInt('0x' + text), slots = new Set();
    for (let slot = 0; slot < 4 * text.length; slot++) if (bits >> BigInt(slot) & 1n) slots.add(slot);
    return slots;
  }

  // Steps of one search before it is given up; pages of real demand need hundreds.
  const MOST_STEPS = 200000;
  // The auction again. Values of the five tiers are compared one after the other.
  const compare = (a, b) => { for (let i = 0; i < 5; i++) if (a[i] !== b[i]) return a[i] > b[i] ? 1 : -1; return 0; };
  function best(r, page, entrants) {
    const factors = r.placement.factors;
    const sorted = [...entrants].sort((a, b) => a.tier - b.tier || (a.net < b.net ? 1 : a.net > b.net ? -1 : 0));
    const seen = new Map();
    const needed = sorted.filter((e) => {
      if (e.industry < 0) return true;
      const industries = seen.get(e.set) ?? seen.set(e.set, new Set()).get(e.set);
      return industries.size < page.maxAds && !industries.has(e.industry) && industries.add(e.industry);
    });
    let found = [0n, 0n, 0n, 0n, 0n], steps = 0;
    const worth = [0n, 0n, 0n, 0n, 0n], taken = new Set();
    const next = (e, from) => { for (let s = from; s <= page.last; s++) if (e.slots.has(s)) return s; return -1; };
    const mayImprove = (placed, from, places) => {
      const bound = [...worth], met = new Set();
      let n = 0;
      for (const e of needed) {
        if (n >= places) break;
        if (taken.has(e.industry) || next(e, from) < 0 || (e.industry >= 0 && met.has(e.industry))) continue;
        met.add(e.industry);
        for (let times = e.industry < 0 ? places - n : 1; times > 0; times--) bound[e.tier] += e.net * factors[placed + n++];
      }
      return compare(bound, found) > 0;
    };
    const extend = (placed, from) => {
      if (compare(worth, found) > 0) found = [...worth];
      const places = page.left(placed, from);
      if (places <= 0 || !mayImprove(placed, from, places)) return;
      for (const e of needed) {
        const slot = taken.has(e.industry) ? -1 : next(e, from);
        if (slot < 0 || ++steps >= MOST_STEPS) continue;
        worth[e.tier] += e.net * factors[placed];
        if (e.industry >= 0) taken.add(e.industry);
        extend(placed + 1, page.following[slot]);
        taken.delete(e.industry);
        worth[e.tier] -= e.net * factors[placed];
      }
    };
    extend(0, page.first);
    return steps < MOST_STEPS ? found : null;
  }
  /// What is not right; '' when all is, 'unproved' when the search for the best page was too long to say.
  function pricing(r, page, own, open) {
    const click = r.charge.by === 'click', floor = r.placement.floor, factors = r.placement.factors;
    const reserve = floor > 0n ? floor - 1n : 0n;
    const entrants = r.bidders.map(([tier, value, cost, advertiser, industry, set]) =>
      ({ tier, value, cost, net: value - cost - reserve, advertiser, industry, set, slots: r.slots[set] }));
    const mine = entrants[r.own];
    if (!mine || page.maxAds > factors.length || entrants.some((e) => !e.slots || e.net < 0n)) return 'arrangement';
    if (mine.slots.size !== own.size || [...own].some((s) => !mine.slots.has(s))) return 'slots';
    const paced = r.bid.amount * r.bid.pace / MILLION, offer = paced > 0n ? paced : 1n;
    const whole = click ? offer * r.bid.sampled / 1000n : offer;
    if (mine.value !== (whole < MOST ? whole : MOST)) return 'value';
    const worth = [0n, 0n, 0n, 0n, 0n], industries = new Set();
    let from = page.first, billed = false, nth = 0, mineNth = 0;
    if (r.winners.length > page.maxAds) return 'arrangement';
    for (const [bidder, slot, funded] of r.winners) {
      const e = entrants[bidder];
      if (!e || slot < from || slot > page.last || !e.slots.has(slot) || industries.has(e.industry)) return 'arrangement';
      industries.add(e.industry);
      if (bidder === r.own) mineNth = nth;
      billed ||= bidder === r.own && slot === r.slot && funded;
      worth[e.tier] += e.net * factors[nth++];
      from = page.following[slot];
    }
    if (!billed) return 'arrangement';
    const all = best(r, page, entrants);
    if (all && r.exact && compare(all, worth) !== 0) return 'arrangement';
    const perEvent = (micros, offered) => {
      if (!click) return micros / 1000n;
      const asked = offered ? offer : micros * 1000n / (r.bid.rate > 0n ? r.bid.rate : 1n);
      return asked < offer ? asked : offer;
    };
    const price = r.charge.price;
    if (r.bid.first_price || mine.tier !== 2) return price !== perEvent(offer, true) ? 'price' : all && r.exact ? '' : 'unproved';
    const others = entrants.filter((e) => e.advertiser !== mine.advertiser);
    const without = best(r, page, others);
    if (!r.exact || !all || !without) return price <= perEvent(offer, true) ? 'unproved' : 'price';
    if (r.stopped) {
      const [tier, bound] = r.stopped;
      if (tier > 4) return 'rival';
      const rival = { tier, net: (bound < MOST ? bound : MOST) - reserve, industry: -1, set: -1, slots: open };
      const beside = best(r, page, [...entrants, rival]), besideOthers = best(r, page, [...others, rival]);
      if ((beside && compare(all, beside)) || (besideOthers && compare(without, besideOthers))) return 'rival';
    }
    const rest = all[mine.tier] - mine.net * factors[mineNth];
    const lost = without[mine.tier] - rest, externality = lost > 0n ? lost : 0n;
    const bound = reserve + mine.cost + externality / factors[mineNth];
    const asked = bound > floor ? bound : floor;
    return price === perEvent(asked < mine.value ? asked : mine.value, false) ? '' : 'price';
  }

  const CHECKS = ['checkpoint', 'witnesses', 'inclusion', 'files', 'form', 'prices', 'adjacency', 'once', 'statements', 'credits', 'invoice', 'budgets'];

  /// Everything of a pack. `keys`: verifier keys that the reader knows; without them those of the pack are used.
  async function check(bytes, keys = []) {
    let members;
    try {
      members = await unzip(bytes);
    } catch (e) {
      return { holds: false, held: {}, faults: [{ check: 'form', where: e.where ?? '', code: e.code ?? 'no_zip' }], notes: [], receipts: 0 };
    }
    return members.has(NOTE) ? checkEvidence(members, keys) : checkPack(members, keys);
  }

  /// docs/formats/evidence.md: the note, each file by its hash, and the proof pack inside.
  async function checkEvidence(members, keys) {
    const faults = [];
    const fault = (check, where, code) => faults.push({ check, where, code });
    let told = { held: {}, faults: [], notes: [], receipts: 0 }, files = 0;
    try {
      const bytes = members.get('manifest.json') ?? new Uint8Array();
      const manifest = readJson(bytes), origin = string(get(manifest, 'origin'));
      unless(number(get(manifest, 'v')) === 1n && get(manifest, 'kind') === 'evidence', 'no_pack');
      const inner = await unzip(members.get('proof.zip') ?? new Uint8Array());
      told = await checkPack(inner, keys);
      const [text, signatures] = noteOf(members.get(NOTE));
      const logs = keys.length ? keys.map(verifierKey) : told.logs ?? [];
      let signedBy = 0;
      for (const key of logs.filter((k) => k.type === 1 && k.name === origin)) {
        for (const line of signatures.filter((s) => s.name === key.name && s.id === key.id)) {
          if (await verifies(key, bytesOf(text), line.blob) === 'signed') signedBy++;
        }
      }
      if (text !== `${origin} evidence pack\n${hex(sha256(bytes))}\n` || signedBy === 0) fault('files', NOTE, 'signature'); else files++;
      const listed = new Set(['manifest.json', NOTE]);
      for (const file of list(get(manifest, 'files'))) {
        const name = string(get(file, 'name')), data = members.get(name) ?? new Uint8Array();
        listed.add(name);
        const same = BigInt(data.length) === number(get(file, 'bytes')) && hex(sha256(data)) === string(get(file, 'sha256'));
        if (same) files++; else fault('files', name, 'changed_file');
      }
      for (const name of members.keys()) if (!listed.has(name)) fault('files', name, 'changed_file');
    } catch (e) {
      fault('form', e.where ?? '', e.code ?? 'form');
    }
    const all = [...told.faults, ...faults];
    return { ...told, held: { ...told.held, files }, faults: all, holds: all.length === 0 };
  }

  async function checkPack(members, keys) {
    const held = Object.fromEntries(CHECKS.map((c) => [c, 0]));
    const faults = [], notes = [];
    const fault = (name, where, code) => faults.push({ check: name, where, code });
    const told = () => ({ holds: faults.length === 0, held, faults, notes, receipts: held.once });
    let manifest, checkpoint, tree, known;
    try {
      manifest = manifestOf(readJson(members.get('manifest.json') ?? new Uint8Array()));
      checkpoint = checkpointOf(members.get('checkpoint') ?? new Uint8Array());
      known = keys.map(verifierKey);
    } catch (e) {
      fault('form', e.where ?? '', e.code ?? 'no_pack');
      return told();
    }
    if (keys.length === 0) notes.push('own_key');
    const logs = keys.length ? known : manifest.keys;
    const toldOf = () => ({ ...told(), logs: manifest.keys });
    for (const [list, name] of [[logs, 'checkpoint'], [manifest.cosigned, 'witnesses']]) {
      for (const key of list) {
        const standing = await signed(checkpoint, key);
        if (standing === 'signed') held[name]++;
        else if (standing === 'unsupported') notes.push(key.type === 6 ? 'ml_dsa' : 'no_ed25519');
        else fault(name, 'checkpoint', 'signature');
        if (name === 'checkpoint' && key.name !== checkpoint.origin) fault(name, 'checkpoint', 'signature');
      }
    }
    if (held.checkpoint === 0) fault('checkpoint', 'checkpoint', notes.includes('no_ed25519') ? 'no_ed25519' : 'signature');
    if (checkpoint.origin !== manifest.origin) fault('checkpoint', 'manifest.json', 'signature');
    try {
      tree = new TileTree(members, checkpoint);
    } catch (e) {
      fault('inclusion', e.where, e.code ?? 'tile');
      return toldOf();
    }
    // `index salt text`, one a line.
    const linesOf = (file, words) => {
      const all = members.get(file) ?? new Uint8Array();
      let from = 0, line = 0;
      return () => {
        if (from >= all.length) return null;
        const to = all.indexOf(10, from), where = `${file} ${++line}`, start = from;
        from = to < 0 ? all.length : to + 1;
        const brace = all.indexOf(123, start);
        if (to < 0 || brace < 0 || brace > to) throw new Broken(where, 'form');
        const found = latin1.decode(all.subarray(start, brace)).split(' ');
        if (found.length !== words + 1 || found[words] !== '') throw new Broken(where, 'form');
        return { where, words: found, text: all.subarray(brace, to) };
      };
    };
    const each = (next, visit) => {
      for (let more = true; more;) {
        let line = null;
        try {
          line = next();
          more = line !== null;
          if (line) { visit(line); held.form++; }
        } catch (e) {
          const known = e instanceof Broken;
          const where = line ? (e.where ? `${line.where}, ${e.where}` : line.where) : e.where ?? '';
          fault(known && ['changed', 'tile'].includes(e.code) ? 'inclusion' : 'form', where, known ? e.code : 'form');
        }
      }
    };
    // Only what the log holds is read on.
    const lines = (file, kind, read, visit) => each(linesOf(file, 2), ({ where, words, text }) => {
      const index = size(words[0]);
      const commitment = hex(sha256(unhex(words[1], 16), text));
      unless(tree.holds(index, bytesOf(`mizan ${kind} 1 ${commitment}\n`)), 'changed');
      held.inclusion++;
      visit(read(readJson(text)), index, where);
    });
    const covers = (advertiser, campaign, day, where) => {
      if ((manifest.advertiser !== null && advertiser !== manifest.advertiser) || (manifest.campaign !== null && campaign !== manifest.campaign)
        || day < manifest.from || day >= manifest.to) fault('form', where, 'scope');
    };
    const dayOf = (at) => new Date(Number(at / 1000n)).toISOString().slice(0, 10);
    const terms = new Map();
    lines('terms.jsonl', 'terms', termsOf, (t, index) => { if (!terms.has(t.key)) terms.set(t.key, { ...t, index }); });
    const billed = new Set(), numbers = new Set(), invoice = new Map(), bottoms = new Map(), days = new Map(), budgets = new Map();
    const add = (sum, micros) => {
      unless(sum[1] + micros < 2n ** 63n);
      sum[0]++; sum[1] += micros;
    };
    const sumOf = (sums, key) => sums.get(key) ?? sums.set(key, [0, 0n]).get(key);
    const use = (key, price, limit) => {
      const one = budgets.get(key) ?? budgets.set(key, { spent: 0n, most: 0n, unlimited: false }).get(key);
      one.spent += price;
      if (limit === null) one.unlimited = true; else if (limit > one.most) one.most = limit;
    };
    const bottom = (currency) => bottoms.get(currency)
      ?? bottoms.set(currency, { billed: [0, 0n], credited: [0, 0n], paid: [0, 0n] }).get(currency);
    const money = (line, m, where) => {
      const day = dayOf(m.at);
      add(sumOf(invoice, `${line},${m.campaign ?? ''},,,${day},${m.currency}`), m.micros);
      add(bottom(m.currency)[line], m.micros);
    };
    // Credits first: each is compared when its receipt passes by.
    const moved = new Set(), credits = new Map();
    lines('credits.jsonl', 'credit', movementOf('credit'), (c, index, where) => {
      covers(c.advertiser, c.campaign, dayOf(c.at), where);
      if (moved.has(c.id) || (c.impression !== null && credits.has(c.impression))) { fault('credits', where, 'twice'); return; }
      moved.add(c.id);
      if (c.impression !== null) credits.set(c.impression, { ...c, index });
      money('credited', c, where);
    });
    // Openings stand in the order of the receipts whose neighbours they tell.
    const nextOpening = linesOf('openings.jsonl', 3);
    let opening = null;
    const peek = () => {
      const line = opening ? null : nextOpening();
      if (line) opening = { index: size(line.words[0]), post: size(line.words[1]), salt: line.words[2], text: line.text, json: readJson(line.text) };
      return opening;
    };
    const opened = (r, index, inForce) => {
      let wrong = false;
      for (let o = peek(); o && o.index <= index; o = peek()) {
        opening = null;
        if (o.index < index) fault('form', 'openings.jsonl', 'opening');
        else wrong ||= differs(r, inForce, o);
      }
      return wrong;
    };
    const differs = (r, inForce, { post, salt, text, json }) => {
      const told = r.posts[post - 1];
      if (!told || hex(sha256(unhex(salt, 16), text)) !== told[0]) return true;
      if (!inForce) return false;
      const community = present(json, 'community', string);
      const listed = (strings(get(json, 'authors')).some((a) => inForce.authors.includes(a)) ? 2 : 0)
        | (community !== null && inForce.communities.includes(community) ? 4 : 0);
      return (listed & ~told[5]) !== 0;
    };
    lines('receipts.jsonl', 'receipt', receiptOf, (r, index, line) => {
      const where = `${line} (${r.impression})`;
      const c = r.charge, day = dayOf(c.at);
      covers(r.advertiser, r.campaign, day, where);
      unless(isId(r.impression));
      if (billed.has(r.impression)) { fault('once', where, 'twice'); return; }
      billed.add(r.impression);
      if (numbers.has(`${c.lease} ${c.sequence}`)) fault('once', where, 'twice');
      numbers.add(`${c.lease} ${c.sequence}`);
      held.once++;
      add(sumOf(invoice, ['billed', r.campaign, r.ad_group, r.ad, day, c.currency].join()), c.price);
      add(bottom(c.currency).billed, c.price);
      const credit = credits.get(r.impression);
      if (credit) {
        if (credit.advertiser !== r.advertiser || credit.campaign !== r.campaign || credit.currency !== c.currency
          || credit.index < index || credit.micros > c.price) fault('credits', where, 'credit');
        else held.credits++;
      }
      add(sumOf(days, `${r.campaign} ${day}`), c.price);
      use(`${r.campaign}`, c.price, r.budgets.campaign_total);
      use(`${r.campaign} ${c.day}`, c.price, r.budgets.campaign_daily);
      use(`${r.ad_group}`, c.price, r.budgets.group_total);
      use(`${r.ad_group} ${c.day}`, c.price, r.budgets.group_daily);
      const inForce = r.terms === null ? undefined : terms.get(r.terms);
      if (r.terms !== null && (!inForce || inForce.index > index || inForce.advertiser !== r.advertiser)) {
        fault('adjacency', where, 'terms');
        return;
      }
      const wrongly = opened(r, index, inForce);
      if (breach(r, inForce, r.slot) || vetoed(r, r.slot)) fault('adjacency', where, 'beside');
      else if (wrongly) fault('adjacency', where, 'opening');
      else held.adjacency++;
      const page = pageOf(r);
      const wrong = pricing(r, page, allowed(r, page, inForce, true), allowed(r, page, undefined, false));
      if (wrong === 'unproved') notes.push('unproved');
      if (wrong && wrong !== 'unproved') fault('prices', where, wrong); else held.prices++;
    });
    try {
      if (peek()) fault('form', 'openings.jsonl', 'opening');
    } catch (e) {
      fault('form', e.where || 'openings.jsonl', 'form');
    }
    const paid = new Set();
    lines('payments.jsonl', 'payment', movementOf('payment'), (p, index, where) => {
      covers(p.advertiser, null, dayOf(p.at), where);
      if (paid.has(p.id)) { fault('invoice', where, 'twice'); return; }
      paid.add(p.id);
      money('paid', p, where);
    });
    const stated = new Map();
    lines('statements.jsonl', 'statement', (s) => [`${string(get(s, 'campaign'))} ${string(get(s, 'day'))}`, [number(get(s, 'receipts')), number(get(s, 'micros'))]],
      ([day, sum]) => stated.set(day, sum));
    if (manifest.sample) {
      lines('ads.jsonl', 'ad', (ad) => ad, () => {});
    } else {
      for (const [day, [receipts, micros]] of stated) {
        const sum = days.get(day) ?? [0, 0n];
        if (BigInt(sum[0]) === receipts && sum[1] === micros) held.statements++; else fault('statements', day, 'sum');
      }
      const csv = (sums, line) => [...sums.keys()].sort().map((k) => `${line(k)},${sums.get(k).join()}`);
      const own = ['line,campaign,ad_group,ad,day,currency,count,micros', ...csv(invoice, (k) => k)];
      for (const currency of [...bottoms.keys()].sort()) {
        const { billed: b, credited: c, paid: p } = bottoms.get(currency), due = b[1] - c[1];
        own.push(`total_billed,,,,,${currency},${b}`, `total_credited,,,,,${currency},${c}`, `due,,,,,${currency},,${due}`);
        if (manifest.campaign === null) own.push(`total_paid,,,,,${currency},${p}`, `balance,,,,,${currency},,${p[1] - due}`);
      }
      own.push('');
      let theirs = [];
      try { theirs = utf8.decode(members.get('invoice.csv') ?? new Uint8Array()).split('\n'); } catch { /* Differs below. */ }
      for (let i = 0; i < Math.max(own.length, theirs.length); i++) {
        if (own[i] === theirs[i]) held.invoice++; else fault('invoice', `invoice.csv ${i + 1}`, 'sum');
      }
    }
    for (const [budget, one] of budgets) {
      if (one.unlimited) continue;
      if (one.spent > one.most) fault('budgets', budget, 'passed'); else held.budgets++;
    }
    return { ...toldOf(), totals: [...bottoms].map(([currency, of]) => [currency, of.billed]) };
  }

  scope.mizanVerify = { check, sha256, hex };

  // The page. Its words are in its HTML, so that they are in the reader's language.
  function wire() {
    const form = document.getElementById('verify');
    if (!form) return;
    const words = (code) => document.querySelector(`[data-word="${code}"]`)?.textContent ?? code;
    const result = document.getElementById('verify-result');
    const verdict = document.getElementById('verify-verdict');
    form.querySelector('input[type=file]').addEventListener('change', async (event) => {
      const file = event.target.files[0];
      if (!file) return;
      verdict.textContent = words('working');
      const key = form.querySelector('textarea').value.split('\n').map((k) => k.trim()).filter(Boolean);
      let told;
      try {
        told = await check(new Uint8Array(await file.arrayBuffer()), key);
      } catch {
        told = { holds: false, held: {}, faults: [{ check: 'form', where: file.name, code: 'no_pack' }], notes: [] };
      }
      verdict.textContent = words(told.holds ? 'holds' : 'broken');
      verdict.className = told.holds ? 'tag good' : 'tag bad';
      for (const row of result.querySelectorAll('[data-check]')) {
        const name = row.dataset.check;
        const failed = told.faults.filter((f) => f.check === name);
        const count = told.held[name] ?? 0;
        const sign = row.querySelector('[data-sign]');
        sign.textContent = failed.length ? '✗' : count ? '✓' : '·';
        sign.className = failed.length ? 'tag bad' : count ? 'tag good' : 'tag mute';
        row.querySelector('[data-count]').textContent = failed.length ? `${failed.length} / ${failed.length + count}` : count || '';
        row.querySelector('[data-faults]').replaceChildren(...failed.slice(0, 20).map((f) => {
          const item = document.createElement('li');
          const where = document.createElement('bdi');
          where.textContent = f.where;
          item.append(where, ' — ', words(f.code));
          return item;
        }));
      }
      document.getElementById('verify-notes').replaceChildren(...[...new Set(told.notes)].map((note) => {
        const item = document.createElement('li');
        item.textContent = words(note);
        return item;
      }));
      result.hidden = false;
    });
  }
  if (typeof document !== 'undefined') document.addEventListener('DOMContentLoaded', wire);
})(globalThis);
