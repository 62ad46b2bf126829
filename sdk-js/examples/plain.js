import { feed } from '../src/mizan.js'; // from a Mizan server: https://ads.example/sdk/mizan.js

feed(document.querySelector('main'), {
  // Your server adds the viewer and its key, and sends this on to POST /v1/decisions.
  decide: async (page) => {
    const answer = await fetch('/ads', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(page),
    });
    return answer.ok ? answer.json() : null;
  },
});
