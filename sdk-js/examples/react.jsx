// React keeps the posts, the SDK stands between them. The ref's clean-up ends it with the component.
import { useCallback, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { feed } from '../src/mizan.js';

const decide = async (page) => {
  const answer = await fetch('/ads', { method: 'POST', body: JSON.stringify(page) });
  return answer.ok ? answer.json() : null;
};

function Feed() {
  const [posts, setPosts] = useState(() => Array.from({ length: 10 }, (_, i) => i));
  const ads = useCallback((element) => {
    const running = feed(element, { decide });
    return () => running.stop();
  }, []);
  window.more = () => setPosts((now) => [...now, ...Array.from({ length: 10 }, (_, i) => now.length + i)]);
  window.remove = (id) => setPosts((now) => now.filter((post) => post !== id));
  return <section ref={ads}>{posts.map((id) => <article key={id} data-post-id={`p${id}`}><p>Post {id}</p></article>)}</section>;
}

const root = createRoot(document.querySelector('main'));
root.render(<Feed />);
window.unmount = () => root.unmount();
