// A running Mizan, held to its own description (`/openapi.json`) by Specmatic (npm `specmatic`, Java 17 or later), unmodified:
//
// - what is read: every GET with what there is to read answers as its schema says;
// - what is wrong: every request body and parameter that Specmatic breaks (a type, a missing field, a limit passed) is
//   refused with a 4xx whose body is a problem.
//
// Bodies that it invents as right are not counted: they name advertisers and campaigns that nobody booked, and are refused
// for that. Nor are bodies that say null where a field may be left out, which is the same here.
//
//   node story.mjs http://localhost:8080 KEY [filter]
//
// KEY is of a sandbox that may be thrown away: things are paused and erased. A filter is Specmatic's own, such as
// "METHOD='GET'". Exit code 0: no failure; 2: what failed; 64: wrong arguments.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const [base, key, filter] = process.argv.slice(2);
if (!base || !key) { console.error('usage: node story.mjs <base> <key> [filter]'); process.exit(64); }
const target = new URL('target/', import.meta.url).pathname;
mkdirSync(target, { recursive: true });
const read = async path => (await fetch(base + path, { headers: { authorization: `Bearer ${key}` } })).json();

const description = await read('/openapi.json');

// Ids of what there is, from the lists.
const ids = new Map();
for (const path of Object.keys(description.paths)) {
  const list = path.match(/^(\/v1\/[a-z/-]+)\/\{id\}/)?.[1];
  if (list && !ids.has(list) && description.paths[list]?.get) ids.set(list, (await read(`${list}?limit=1`)).data?.[0]?.id);
}
const one = (...values) => ({ type: 'string', enum: values });
const today = new Date().toISOString().slice(0, 10);
const WORTH_ASKING = {
  limit: { type: 'integer', minimum: 1, maximum: 200 }, advertiser: { type: 'string' }, campaign: { type: 'string' },
  window_days: one('1', '7', '30'), lang: one('ar', 'en'), updated_since: one(`${today}T00:00:00Z`), to: one(today),
};

// What Specmatic does not read is said in other words; nothing is made laxer. Its own limits: 4XX as a status, types beside
// JSON without a schema, keys in `security`.
const left = [];
for (const [path, operations] of Object.entries(description.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    const list = [...ids.keys()].find(k => path.startsWith(`${k}/`));
    const nothing = /\{(?!id\})/.test(path) || (path.includes('{id}') && !ids.get(list));
    const needs = (operation.parameters ?? []).some(p => p.in === 'query' && ['post', 'n', 'with'].includes(p.name));
    const other = method === 'get' && !operation.responses['200']?.content?.['application/json'];
    if (nothing || other || (method === 'get' && needs)) { left.push(`${method.toUpperCase()} ${path}`); delete operations[method]; continue; }
    for (const type of Object.keys(operation.requestBody?.content ?? {})) if (!type.endsWith('json')) delete operation.requestBody.content[type];
    const refused = operation.responses['4XX'];
    for (const status of ['400', '401', '403', '404', '409', '412', '415', '422', '428']) operation.responses[status] ??= refused;
    // That a second person decides is a rule of a workspace, and the sandbox has none.
    if (operation.responses['200'] || operation.responses['201']) delete operation.responses['202'];
    delete operation.responses['4XX'];
    delete operation.responses['5XX'];
    operation.parameters = (operation.parameters ?? []).filter(p => p.in === 'path' || (p.in === 'query' && WORTH_ASKING[p.name]) || p.required);
    for (const parameter of operation.parameters) {
      if (parameter.in === 'query') parameter.schema = WORTH_ASKING[parameter.name];
      if (parameter.name === 'limit' && path.startsWith('/v1/public/')) parameter.schema = { type: 'integer', minimum: 1, maximum: 50 };
      if (parameter.in === 'path') parameter.schema = one(ids.get(list));
    }
    if (operation.security) {
      operation.parameters.push({ name: 'Authorization', in: 'header', required: true, schema: one(`Bearer ${key}`) });
      delete operation.security;
    }
  }
}
delete description.security;
writeFileSync(join(target, 'api.json'), JSON.stringify(description));

const jar = join(dirname(createRequire(import.meta.url).resolve('specmatic/package.json')), 'specmatic.jar');
const run = spawnSync(process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java',
  ['-XX:+UseSerialGC', '-jar', jar, 'test', 'api.json', '--lenient', `--testBaseURL=${base}`, ...(filter ? [`--filter=${filter}`] : [])],
  { cwd: target, encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, SPECMATIC_GENERATIVE_TESTS: 'true', MAX_TEST_REQUEST_COMBINATIONS: '1' } });
writeFileSync(join(target, 'said.txt'), `${run.stdout}${run.stderr}`);
const total = run.stdout.match(/^Tests run: (\d+), Successes: (\d+)/m);
if (!total) { console.error(`Specmatic did not run: see ${target}said.txt`); process.exit(2); }

const failed = run.stdout.slice(run.stdout.indexOf('Unsuccessful Scenarios:')).split(/\n {2}"(?=[+-]?)/).slice(1);
const invented = failed.filter(f => /^\+ve +Scenario: (POST|PUT|PATCH|DELETE) /.test(f) && /contained status 4\d\d/.test(f));
// In a body null says the same as leaving the field out (RFC 7396 for changes, and alike for new things).
const absent = failed.filter(f => /^-ve /.test(f) && /is mutated from \w+ to null/.test(f) && /received 20[012]/.test(f));
const bad = failed.filter(f => !invented.includes(f) && !absent.includes(f));
console.log(`Specmatic: ${Number(total[1]) - invented.length - absent.length} tests counted, ${bad.length} failed; `
  + `${invented.length} invented bodies and ${absent.length} with null for a field that may be absent not counted; `
  + `${left.length} operations left out: nothing to read, or not JSON`);
for (const failure of bad.slice(0, 40)) console.log(`  MISS ${failure.replace(/\s+/g, ' ').slice(0, 500)}`);
process.exit(bad.length ? 2 : 0);
