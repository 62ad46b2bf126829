/* Mizan console: theme, shortcuts, chart cross-hair. No dependencies; every page works without it.
   Loaded before the page is drawn, so that a remembered theme never flashes; the rest waits for the page. */
(() => {
  const root = document.documentElement, q = new URLSearchParams(location.search);
  const device = matchMedia('(prefers-color-scheme:dark)');
  let saved; try { saved = localStorage.mizanTheme } catch (e) {}
  const first = q.get('theme') || saved;
  if (first === 'dark' || first === 'light') root.dataset.theme = first;
  const shown = () => root.dataset.theme || (device.matches ? 'dark' : 'light');
  const choose = v => {
    root.dataset.theme = v; try { localStorage.mizanTheme = v } catch (e) {}
    document.cookie = `theme=${v};path=/;max-age=31536000;samesite=lax`;
  };
  const typing = () => /INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName);
  const PLACES = { r: '/desk', a: '/advertisers', c: '/campaigns', l: '/ledger', f: '/feed' };
  let going = 0;
  addEventListener('keydown', e => {
    if (typing() || e.ctrlKey || e.metaKey || e.altKey) return;
    const focus = sel => { const el = document.querySelector(sel); if (el) { e.preventDefault(); el.focus(); } };
    if (Date.now() < going && PLACES[e.key]) { going = 0; location.href = PLACES[e.key]; return; }
    if (e.key === 'g') going = Date.now() + 1200;
    if (e.key === '/') focus('input[type=search]');
    if (e.key === 'x') focus('[data-key=x]');
    if (e.key === 'Escape') document.querySelectorAll('details.why[open]').forEach(d => { d.open = false; });
  });
  addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('[data-act=theme]').forEach(b => b.addEventListener('click', e => {
      e.preventDefault(); choose(shown() === 'dark' ? 'light' : 'dark');
    }));
    document.querySelectorAll('[data-act=print]').forEach(b => { b.hidden = false; b.addEventListener('click', () => print()); });
    const T = text => document.createTextNode(text);
    document.querySelectorAll('[data-chart]').forEach(box => {
      const src = box.querySelector('script[type="application/json"]'); if (!src) return;
      const d = JSON.parse(src.textContent), plot = box.querySelector('.plot');
      const cross = Object.assign(document.createElement('i'), { className: 'cross', hidden: true });
      const tip = Object.assign(document.createElement('div'), { className: 'tip', hidden: true });
      tip.dir = root.dir; plot.append(cross, tip);
      plot.tabIndex = 0; plot.setAttribute('role', 'group'); plot.setAttribute('aria-label', d.help);
      const say = Object.assign(document.createElement('div'), { className: 'sr' }); say.setAttribute('aria-live', 'polite'); box.append(say);
      let at = d.x.length - 1;
      const show = (i, aloud) => {
        at = Math.max(0, Math.min(d.x.length - 1, i));
        const p = (at + .5) / d.x.length * 100;
        cross.hidden = tip.hidden = false; cross.style.left = p + '%';
        tip.style.left = p > 60 ? '' : `calc(${p}% + 10px)`; tip.style.right = p > 60 ? `calc(${100 - p}% + 10px)` : ''; tip.style.top = '6px';
        tip.replaceChildren();
        const b = document.createElement('b'); b.append(T(d.x[at])); tip.append(b);
        d.s.forEach(s => {
          if (!s.v[at]) return;
          const r = document.createElement('div'), k = document.createElement('span'), v = document.createElement('bdi');
          k.append(T(s.n)); v.className = 'num'; v.append(T(s.v[at])); r.append(k, v); tip.append(r);
        });
        if (aloud) say.textContent = tip.innerText;
      };
      const hide = () => { cross.hidden = tip.hidden = true };
      plot.addEventListener('pointermove', e => { const r = plot.getBoundingClientRect(); show(Math.floor((e.clientX - r.left) / r.width * d.x.length)) });
      plot.addEventListener('pointerleave', hide); plot.addEventListener('blur', hide); plot.addEventListener('focus', () => show(at, true));
      plot.addEventListener('keydown', e => {
        if (e.key === 'ArrowLeft') { show(at - 1, true); e.preventDefault() }
        if (e.key === 'ArrowRight') { show(at + 1, true); e.preventDefault() }
        if (e.key === 'Escape') hide();
      });
    });
  });
})();
