// An ad as the reader sees it: who speaks, who pays, that it is an ad, why it is here, and how to be rid of it.
import { wordsIn } from './words.js';

const SHEET = `
.mizan-ad{display:block;border:1px solid color-mix(in srgb,currentColor 18%,transparent);border-radius:8px;padding:12px;
 margin-block:12px;overflow-wrap:anywhere}
.mizan-ad header{display:flex;gap:8px;align-items:start}
.mizan-ad header>div{flex:1;min-inline-size:0}
.mizan-ad small{display:block;opacity:.75}
.mizan-ad [data-mizan-label]{border:1px solid;border-radius:4px;padding-inline:6px;font-size:.8em;font-weight:600}
.mizan-ad img{max-inline-size:100%;block-size:auto;display:block;margin-block:8px;border-radius:6px}
.mizan-ad figure{margin:0}
.mizan-ad ul{display:flex;gap:8px;overflow-x:auto;scroll-snap-type:x proximity;list-style:none;padding:0;margin:0}
.mizan-ad li{flex:0 0 75%;scroll-snap-align:start}
.mizan-ad p{margin-block:8px}
.mizan-ad footer{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.mizan-ad footer>a,.mizan-ad button,.mizan-ad summary{display:inline-flex;align-items:center;min-block-size:40px;
 padding-inline:12px;font:inherit;color:inherit;background:none;border:1px solid currentColor;border-radius:6px;
 cursor:pointer;text-decoration:none;list-style:none}
.mizan-ad details{margin-inline-start:auto}
.mizan-ad details[open]{flex-basis:100%}
.mizan-ad details div{display:flex;flex-wrap:wrap;gap:8px;margin-block-start:8px}
`;
let styled = false;

// A sheet made by script is allowed under any content security policy; a style element is not.
function style() {
  if (styled || typeof CSSStyleSheet !== 'function' || !('adoptedStyleSheets' in document)) return;
  styled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets]; // The page's own rules win.
}

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// Names of others stand in sentences of either direction.
const name = (text) => element('bdi', { textContent: text });

/**
 * @param ad of a decision's slot
 * @param parts server, language, hide(scope) and click()
 */
export function draw(ad, { server, language, hide, click }) {
  style();
  const words = wordsIn(language);
  const link = (text) => element('a', {
    href: new URL(ad.click, server).href, target: '_blank', rel: 'sponsored noopener', textContent: text,
    referrerPolicy: 'no-referrer', onclick: click,
  });
  const picture = ad.picture?.url ? [drawPicture(ad.picture, server)] : [];
  const said = element('div', { lang: ad.language ?? '', dir: 'auto' },
    element('p', {}, element('strong', { textContent: ad.headline })),
    ...(ad.body ? [element('p', { textContent: ad.body })] : []), ...picture, ...drawCards(ad, server));
  const choices = element('details', {},
    element('summary', { textContent: words.more }),
    element('div', {},
      element('a', {
        href: whyOf(ad, server, language), target: '_blank', rel: 'noopener',
        textContent: words.why,
      }),
      element('button', { type: 'button', textContent: words.hide, onclick: () => hide('ad') }),
      element('button', { type: 'button', textContent: words.hideAll(ad.advertiser), onclick: () => hide('advertiser') })));
  const drawn = element('article', { className: 'mizan-ad', lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' },
    element('header', {},
      element('div', {}, element('b', {}, name(ad.advertiser)),
        element('small', {}, ...sentence(words.payer, ad.payer))),
      label(ad)),
    said,
    element('footer', {}, link(ad.call_to_action || ad.headline), choices));
  drawn.ariaLabel = words.by(ad.advertiser);
  return drawn;
}

// Its size is known before it comes, so no post moves when it does.
function drawPicture({ url, width, height, alternative, caption }, server) {
  const image = element('img', {
    loading: 'lazy', decoding: 'async', width, height, alt: alternative, src: new URL(url, server).href,
  });
  return caption ? element('figure', {}, image, element('figcaption', { textContent: caption })) : image;
}

// Side by side, moved by finger, wheel or arrow keys.
function drawCards({ cards, headline }, server) {
  if (!cards?.length) return [];
  const list = element('ul', { tabIndex: 0 }, ...cards.map((card) => element('li', {}, drawPicture(card.picture, server),
    element('p', {}, element('b', { textContent: card.headline })))));
  list.role = 'group';
  list.ariaLabel = headline;
  return [list];
}

/** The mark without which nothing is shown. */
export function label(ad) {
  const mark = element('span', { textContent: ad.label });
  mark.dataset.mizanLabel = '';
  return mark;
}

/** Instead of a hidden ad: what happened, and where to take it back. */
export function hiddenNote(ad, { server, language }) {
  const words = wordsIn(language);
  const undo = element('a', {
    href: whyOf(ad, server, language), target: '_blank', rel: 'noopener', textContent: words.undo,
  });
  return element('p', { role: 'status', lang: language }, words.hidden, ' ', undo);
}

// The page of this one showing; servers before it had one have the ad's record.
const whyOf = (ad, server, language) => {
  const page = new URL(ad.why ?? `/ads/${encodeURIComponent(ad.id)}`, server);
  page.searchParams.set('lang', language);
  return page.href;
};

function sentence(words, inner) {
  const [before, after] = words('\u0000').split('\u0000');
  return [before, name(inner), after];
}
