// Checks a proof pack in the browser: the file is read here and goes nowhere. A third implementation of the formats in
// docs/formats, beside the verifier's own; the order of the checks is the order of trust.
'use strict';
(function (scope) {
  const TIERS = ['SAFE', 'LOW', 'MEDIUM', 'HIGH', 'FLOOR'];
  const utf8 = new TextDecoder('utf-8', { fatal: true });
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
  const unhex = (text, n) => {
    if (!new RegExp(`^[0-9a-f]{${2 * n}}$`).test(text)) throw new Broken('', 'form');
    return Uint8Array.from(text.match(/../g), (d) => parseInt(d, 16));
  };
  const base64 = (text) => {
    let raw;
    try { raw = atob(text); } catch { throw new Broken('', 'form'); }
    if (btoa(raw) !== text) throw new Broken('', 'form');
    return Uint8Array.from(raw, (c) => c.charCodeAt(0));
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

  // A zip file's members, by its central directory.
  async function unzip(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
    if (end < 0) throw new Broken('', 'no_zip');
    let at = view.getUint32(end + 16, true);
    const members = new Map();
    for (let n = view.getUint16(end + 10, true); n > 0; n--) {
      const method = view.getUint16(at + 10, true);
      const packed = view.getUint32(at + 20, true);
      const name = utf8.decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
      const local = view.getUint32(at + 42, true);
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const data = bytes.subarray(from, from + packed);
      members.set(name, method === 0 ? data : await inflate(data));
      at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return members;
  }
  async function inflate(data) {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  // signed-note and tlog-checkpoint.
  function verifierKey(text) {
    const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? [];
    if (!name) throw new Broken('', 'form');
    const typed = base64(encoded);
    if (hex(sha256(bytesOf(name + '\n'), typed).subarray(0, 4)) !== id) throw new Broken('', 'form');
    return { name, id, type: typed[0], key: typed.subarray(1) };
  }
  function checkpointOf(bytes) {
    const note = utf8.decode(bytes);
    const blank = note.lastIndexOf('\n\n');
    const text = note.slice(0, blank + 1);
    const lines = text.split('\n');
    if (blank < 0 || lines.length < 4 || !/^(0|[1-9][0-9]{0,15})$/.test(lines[1])) throw new Broken('checkpoint', 'form');
    const signatures = note.slice(blank + 2).split('\n').slice(0, -1).map((line) => {
      const parts = line.split(' ');
      if (parts.length !== 3 || parts[0] !== '\u2014') throw new Broken('checkpoint', 'form');
      const blob = base64(parts[2]);
      return { name: parts[1], id: hex(blob.subarray(0, 4)), blob: blob.subarray(4) };
    });
    return { origin: lines[0], size: Number(lines[1]), root: base64(lines[2]), text, signatures };
  }
  async function signed(checkpoint, key) {
    const line = checkpoint.signatures.find((s) => s.name === key.name && s.id === key.id);
    if (!line) return 'missing';
    let message = bytesOf(checkpoint.text);
    let signature = line.blob;
    if (key.type === 4) {
      const time = new DataView(line.blob.buffer, line.blob.byteOffset).getBigUint64(0);
      message = bytesOf(`cosignature/v1\ntime ${time}\n${checkpoint.text}`);
      signature = line.blob.subarray(8);
    } else if (key.type !== 1) {
      return 'unsupported';
    }
    try {
      const imported = await crypto.subtle.importKey('raw', key.key, { name: 'Ed25519' }, false, ['verify']);
      return (await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, message)) ? 'signed' : 'wrong';
    } catch {
      return 'unsupported';
    }
  }

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
    const bits = BigInt('0x' + text), slots = new Set();
    for (let slot = 0; slot < 4 * text.length; slot++) if (bits >> BigInt(slot) & 1n) slots.add(slot);
    return slots;
  }

  // The auction again. Values of the five tiers are compared one after the other.
  const compare = (a, b) => { for (let i = 0; i < 5; i++) if (a[i] !== b[i]) return a[i] > b[i] ? 1 : -1; return 0; };
  function best(r, page, entrants) {
    const factors = r.placement.factors.map(BigInt);
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
        if (slot < 0 || ++steps > 200000) continue;
        worth[e.tier] += e.net * factors[placed];
        if (e.industry >= 0) taken.add(e.industry);
        extend(placed + 1, page.following[slot]);
        taken.delete(e.industry);
        worth[e.tier] -= e.net * factors[placed];
      }
    };
    extend(0, page.first);
    return steps > 200000 ? null : found;
  }
  const MOST = 100000000000n;
  /// '' when the page and the price are right, else what is not.
  function pricing(r, page, own, open) {
    const b = BigInt, click = r.charge.by === 'click', floor = b(r.placement.floor);
    const reserve = floor > 0n ? floor - 1n : 0n;
    const sets = r.slots.map(slotSet);
    const entrants = r.bidders.map(([tier, value, cost, advertiser, industry, set]) =>
      ({ tier, value: b(value), cost: b(cost), net: b(value) - b(cost) - reserve, advertiser, industry, set, slots: sets[set] }));
    const mine = entrants[r.own];
    if (!mine || entrants.some((e) => !e.slots || e.net < 0n || e.value > MOST)) return 'form';
    if (mine.slots.size !== own.size || [...own].some((s) => !mine.slots.has(s))) return 'slots';
    const paced = b(r.bid.amount) * b(r.bid.pace) / 1000000n, offer = paced > 0n ? paced : 1n;
    const whole = click ? offer * b(r.bid.sampled) / 1000n : offer;
    if (mine.value !== (whole < MOST ? whole : MOST)) return 'value';
    const factors = r.placement.factors.map(BigInt), worth = [0n, 0n, 0n, 0n, 0n], industries = new Set();
    let from = page.first, billed = false, nth = 0, mineNth = 0;
    for (const [bidder, slot, funded] of r.winners) {
      const e = entrants[bidder];
      if (!e || slot < from || slot > page.last || !e.slots.has(slot) || industries.has(e.industry)) return 'arrangement';
      industries.add(e.industry);
      if (bidder === r.own && slot === r.slot && funded) { billed = true; mineNth = nth; }
      worth[e.tier] += e.net * factors[nth++];
      from = page.following[slot];
    }
    if (!billed || nth > page.maxAds) return 'arrangement';
    const perEvent = (micros, offered) => {
      if (!click) return micros / 1000n;
      const rate = b(Math.max(1, r.bid.rate)), asked = micros * 1000n / rate;
      return offered ? micros : asked < offer ? asked : offer;
    };
    const price = b(r.charge.price);
    if (r.bid.first_price || mine.tier !== 2) return price === perEvent(offer, true) ? '' : 'price';
    const all = best(r, page, entrants);
    const others = entrants.filter((e) => e.advertiser !== mine.advertiser);
    const without = best(r, page, others);
    if (!r.exact || !all || !without) return price <= perEvent(offer, true) ? '' : 'price';
    if (compare(all, worth) !== 0) return 'arrangement';
    if (r.stopped) {
      const rival = { tier: r.stopped[0], net: b(r.stopped[1]) - reserve, industry: -1, set: -1, slots: open };
      const beside = best(r, page, [...entrants, rival]), besideOthers = best(r, page, [...others, rival]);
      if ((beside && compare(all, beside)) || (besideOthers && compare(without, besideOthers))) return 'rival';
    }
    const rest = all[mine.tier] - mine.net * factors[mineNth];
    const lost = without[mine.tier] - rest, externality = lost > 0n ? lost : 0n;
    const bound = reserve + mine.cost + externality / factors[mineNth];
    const asked = bound > floor ? bound : floor;
    return price === perEvent(asked < mine.value ? asked : mine.value, false) ? '' : 'price';
  }

  const CHECKS = ['checkpoint', 'witnesses', 'inclusion', 'form', 'prices', 'adjacency', 'once', 'statements', 'credits', 'invoice', 'budgets'];

  /// Everything of a pack. `keys`: verifier keys that the reader knows; without them those of the pack are used.
  async function check(bytes, keys = []) {
    const held = Object.fromEntries(CHECKS.map((c) => [c, 0]));
    const faults = [], notes = [];
    const fault = (name, where, code) => faults.push({ check: name, where, code });
    const told = () => ({ holds: faults.length === 0, held, faults, notes, receipts: held.once });
    let members, manifest, checkpoint, tree;
    try {
      members = await unzip(bytes);
      manifest = JSON.parse(utf8.decode(members.get('manifest.json') ?? new Uint8Array()));
      checkpoint = checkpointOf(members.get('checkpoint') ?? new Uint8Array());
    } catch (e) {
      fault('form', e.where ?? '', e.code ?? 'no_pack');
      return told();
    }
    if (keys.length === 0) notes.push('own_key');
    for (const [list, name] of [[keys.length ? keys : manifest.keys, 'checkpoint'], [manifest.cosigned, 'witnesses']]) {
      for (const text of list) {
        const key = verifierKey(text);
        const standing = await signed(checkpoint, key);
        if (standing === 'signed') held[name]++;
        else if (standing === 'unsupported') notes.push(key.type === 6 ? 'ml_dsa' : 'no_ed25519');
        else fault(name, 'checkpoint', 'signature');
        if (name === 'checkpoint' && key.name !== checkpoint.origin) fault(name, 'checkpoint', 'signature');
      }
    }
    if (checkpoint.origin !== manifest.origin) fault('checkpoint', 'manifest.json', 'signature');
    try {
      tree = new TileTree(members, checkpoint);
    } catch (e) {
      fault('inclusion', e.where, e.code);
      return told();
    }
    // `index salt text`, one a line: only what the log holds is read on.
    const lines = (file, kind, visit) => {
      const all = members.get(file) ?? new Uint8Array();
      let from = 0;
      for (let number = 1; from < all.length; number++) {
        let to = all.indexOf(10, from);
        const where = `${file} ${number}`;
        if (to < 0) { fault('form', where, 'form'); return; }
        const brace = all.indexOf(123, from);
        try {
          const words = utf8.decode(all.subarray(from, brace)).split(' ');
          const text = all.subarray(brace, to);
          if (words.length !== 3 || brace > to || !/^(0|[1-9][0-9]{0,14})$/.test(words[0])) throw new Broken('', 'form');
          const index = Number(words[0]);
          const commitment = hex(sha256(unhex(words[1], 16), text));
          if (!tree.holds(index, bytesOf(`mizan ${kind} 1 ${commitment}\n`))) throw new Broken('', 'changed');
          held.inclusion++;
          visit(JSON.parse(utf8.decode(text)), index, where);
          held.form++;
        } catch (e) {
          fault(e.code === 'form' || !e.code ? 'form' : 'inclusion', e.where ? `${where}, ${e.where}` : where, e.code ?? 'form');
        }
        from = to + 1;
      }
    };
    const covers = (advertiser, campaign, day, where) => {
      if ((manifest.advertiser !== null && advertiser !== manifest.advertiser) || (manifest.campaign !== null && campaign !== manifest.campaign)
        || day < manifest.from || day >= manifest.to) fault('form', where, 'scope');
    };
    const dayOf = (at) => new Date(at / 1000).toISOString().slice(0, 10);
    const terms = new Map();
    lines('terms.jsonl', 'terms', (t, index) => terms.set(`${t.terms} ${t.version}`, { ...t, index }));
    const billed = new Set(), invoice = new Map(), bottoms = new Map(), days = new Map(), budgets = new Map();
    const add = (sums, key, micros) => {
      const sum = sums.get(key) ?? sums.set(key, [0, 0]).get(key);
      sum[0]++; sum[1] += micros;
    };
    const use = (key, price, limit) => {
      const one = budgets.get(key) ?? budgets.set(key, { spent: 0, most: 0, unlimited: false }).get(key);
      one.spent += price;
      if (limit === null) one.unlimited = true; else one.most = Math.max(one.most, limit);
    };
    const bottom = (currency) => bottoms.get(currency)
      ?? bottoms.set(currency, { billed: [0, 0], credited: [0, 0], paid: [0, 0] }).get(currency);
    const money = (line, total, m, where) => {
      const day = dayOf(m.at);
      covers(m.advertiser, m.campaign, day, where);
      add(invoice, `${line},${m.campaign ?? ''},,,${day},${m.currency}`, m.micros);
      const sum = bottom(m.currency)[total];
      sum[0]++; sum[1] += m.micros;
    };
    // Credits first: each is compared when its receipt passes by.
    const moved = new Set(), credits = new Map();
    lines('credits.jsonl', 'credit', (c, index, where) => {
      if (moved.has(c.credit) || (c.impression !== null && credits.has(c.impression))) { fault('credits', where, 'twice'); return; }
      moved.add(c.credit);
      if (c.impression !== null) credits.set(c.impression, { ...c, index });
      money('credited', 'credited', c, where);
    });
    lines('receipts.jsonl', 'receipt', (r, index, line) => {
      const where = `${line} (${r.impression})`;
      if (billed.has(r.impression)) { fault('once', where, 'twice'); return; }
      billed.add(r.impression);
      held.once++;
      const c = r.charge, day = dayOf(c.at);
      covers(r.advertiser, r.campaign, day, where);
      add(invoice, ['billed', r.campaign, r.ad_group, r.ad, day, c.currency].join(), c.price);
      const sum = bottom(c.currency).billed;
      sum[0]++; sum[1] += c.price;
      const credit = credits.get(r.impression);
      if (credit) {
        if (credit.advertiser !== r.advertiser || credit.campaign !== r.campaign || credit.currency !== c.currency
          || credit.index < index || credit.micros > c.price) fault('credits', where, 'credit');
        else held.credits++;
      }
      add(days, `${r.campaign} ${day}`, c.price);
      use(`${r.campaign}`, c.price, r.budgets.campaign_total);
      use(`${r.campaign} ${c.day}`, c.price, r.budgets.campaign_daily);
      use(`${r.ad_group}`, c.price, r.budgets.group_total);
      use(`${r.ad_group} ${c.day}`, c.price, r.budgets.group_daily);
      const inForce = r.terms ? terms.get(`${r.terms.id} ${r.terms.version}`) : undefined;
      if (r.terms && (!inForce || inForce.index > index || inForce.advertiser !== r.advertiser)) {
        fault('adjacency', where, 'terms');
        return;
      }
      if (breach(r, inForce, r.slot) || vetoed(r, r.slot)) fault('adjacency', where, 'beside'); else held.adjacency++;
      const page = pageOf(r);
      const wrong = pricing(r, page, allowed(r, page, inForce, true), allowed(r, page, undefined, false));
      if (wrong) fault('prices', where, wrong); else held.prices++;
    });
    lines('payments.jsonl', 'payment', (p, index, where) => {
      if (moved.has(p.payment)) { fault('invoice', where, 'twice'); return; }
      moved.add(p.payment);
      money('paid', 'paid', p, where);
    });
    const stated = new Map();
    lines('statements.jsonl', 'statement', (s) => stated.set(`${s.campaign} ${s.day}`, [s.receipts, s.micros]));
    if (manifest.sample === null) {
      for (const [day, sum] of stated) {
        if (same(days.get(day) ?? [0, 0], sum)) held.statements++; else fault('statements', day, 'sum');
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
    return { ...told(), totals: [...bottoms].map(([currency, of]) => [currency, of.billed]) };
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
