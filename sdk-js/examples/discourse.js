// A topic as Discourse draws it: posts in wrappers, loaded in chunks, and the ad drawn in the forum's own look.
import { feed } from '../src/mizan.js';

const stream = document.querySelector('.post-stream');
const post = (number) => {
  const wrapper = document.createElement('div');
  wrapper.className = 'topic-post';
  const article = document.createElement('article');
  article.id = `post_${number}`;
  article.dataset.postId = String(number);
  article.append(Object.assign(document.createElement('div'), { className: 'cooked', textContent: `Post ${number}` }));
  wrapper.append(article);
  return wrapper;
};
window.load = (from, to) => { for (let n = from; n <= to; n++) stream.append(post(n)); };
window.load(1, 10);

feed(stream, {
  posts: '.topic-post',
  idOf: (wrapper) => wrapper.querySelector('article')?.dataset.postId,
  decide: async (page) => {
    const answer = await fetch('/ads', { method: 'POST', body: JSON.stringify(page) });
    return answer.ok ? answer.json() : null;
  },
  draw: (ad, { server, click, hide }) => {
    const wrapper = Object.assign(document.createElement('div'), { className: 'topic-post sponsored' });
    const names = Object.assign(document.createElement('div'), { className: 'names' });
    names.append(`${ad.label} · ${ad.advertiser} · ${ad.payer}`);
    const link = Object.assign(document.createElement('a'), {
      href: new URL(ad.click, server).href, rel: 'sponsored noopener', target: '_blank', textContent: ad.headline, onclick: click,
    });
    const gone = Object.assign(document.createElement('button'), { textContent: 'Hide', onclick: () => hide('ad') });
    wrapper.append(names, link, gone);
    return wrapper;
  },
});
