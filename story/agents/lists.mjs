// Writes crawlers.txt and browsers.txt, one agent a line, into a folder: what `mizan bench agents` reads.
//
//   node lists.mjs folder
import { createRequire } from 'node:module';
import { mkdirSync, writeFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const folder = process.argv[2];
if (!folder) { console.error('usage: node lists.mjs folder'); process.exit(64); }
mkdirSync(folder, { recursive: true });
const line = (agent) => agent.replace(/\s+/g, ' ');
const crawlers = require('crawler-user-agents').flatMap((c) => c.instances ?? []);
const browsers = ['top-user-agents', 'top-user-agents/desktop', 'top-user-agents/mobile'].flatMap((name) => require(name));
writeFileSync(`${folder}/crawlers.txt`, `${crawlers.map(line).join('\n')}\n`);
writeFileSync(`${folder}/browsers.txt`, `${[...new Set(browsers)].map(line).join('\n')}\n`);
