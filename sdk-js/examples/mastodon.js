// A timeline as Mastodon's web app draws it: <article> elements that name the status they hold, prepended when new
// ones stream in and appended while the reader scrolls.
import { feed } from '../src/mizan.js';

const list = document.querySelector('[role=feed]');
const status = (id) => {
  const article = document.createElement('article');
  article.dataset.id = id;
  article.tabIndex = -1;
  article.append(Object.assign(document.createElement('div'), { className: 'status', textContent: `منشور ${id}`, dir: 'auto' }));
  return article;
};
for (let id = 109; id >= 100; id--) list.append(status(String(id)));

feed(list, {
  posts: 'article[data-id]',
  idOf: (article) => `https://social.example/statuses/${article.dataset.id}`, // the id under which the posts were sent
  decide: async (page) => {
    const answer = await fetch('/ads', { method: 'POST', body: JSON.stringify(page) });
    return answer.ok ? answer.json() : null;
  },
});

window.stream = () => list.prepend(status('110'));
