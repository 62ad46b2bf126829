// Compiled only: the types say what the examples do.
import { feed, type Decision, type Page } from '@mizan/feed';

const decide = async (page: Page): Promise<Decision> =>
  (await fetch('/ads', { method: 'POST', body: JSON.stringify(page) })).json();

const ads = feed(document.body, {
  decide,
  posts: 'article',
  idOf: (post) => post.id,
  onHide: (ad, scope) => console.log(scope === 'ad' ? ad.id : ad.advertiser),
  draw: (ad, parts) => {
    const drawn = document.createElement('div');
    drawn.textContent = `${ad.label} ${ad.payer} ${ad.headline}`;
    drawn.onclick = parts.click;
    return drawn;
  },
});
ads.stop();

// @ts-expect-error a feed without decide is a mistake
feed(document.body, {});
