// AdCP's own compliance runner, unmodified (npm @adcp/sdk), against a running Mizan: the storyboards of what Mizan claims and
// the universal ones. Says how many steps passed, and each that did not. A miss that `misses.json` explains is no failure;
// anything else is, and so is an explained miss that has come to pass.
//
//   node story.mjs http://localhost:8080 KEY [storyboard ...]
//
// KEY is a test key that may make keys: each storyboard gets one of its own, so that none finds what another left.
// Exit code 0: all as explained; 2: not; 64: wrong arguments.
import { readFileSync } from 'node:fs';
import conformance from '@adcp/sdk/conformance';
import testing from '@adcp/sdk/testing';

const [base, key, ...only] = process.argv.slice(2);
if (!base || !key) { console.error('usage: node story.mjs <base> <key> [storyboard ...]'); process.exit(64); }
const { runConformance } = conformance;
const { listAllComplianceStoryboards, runStoryboard } = testing;
const SCOPES = ['book:read', 'book:write', 'money:write', 'ledger:read', 'approve'];
const SPECIALISMS = ['sales_non_guaranteed', 'sales_social', 'content_standards', 'media_buy_seller', 'media_buy_state_machine'];
const UNIVERSAL = ['capability_discovery', 'v3_envelope_integrity', 'idempotency', 'error_compliance', 'schema_validation',
  'security_baseline', 'deterministic_testing', 'pagination_integrity', 'pagination_integrity_creative_formats',
  'pagination_integrity_list_accounts', 'pagination_integrity_content_standards', 'get_media_buys_pagination_integrity',
  'webhook_emission'];

const all = new Map(listAllComplianceStoryboards().map(board => [board.id, board]));
const explained = JSON.parse(readFileSync(new URL('misses.json', import.meta.url)));
const wanted = only.length ? only
  : [...new Set([...SPECIALISMS, ...SPECIALISMS.flatMap(id => all.get(id)?.requires_scenarios ?? []), ...UNIVERSAL])];
process.env.NODE_ENV = 'test';
// It warns of each field that it leaves out because a tool does not name it.
console.warn = () => {};

async function keyOfItsOwn(name) {
  const answer = await fetch(`${base}/v1/api-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ name: `AdCP ${name}`.slice(0, 60), mode: 'TEST', scopes: SCOPES }),
  });
  if (!answer.ok) throw new Error(`no key: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).key;
}

// The runner makes flights from its clock where the storyboard's own are past. A replay has to be the same request, so the
// clock stands still where that is what is asked.
const clock = Date.now;
const STILL = 'idempotency';

async function run(board) {
  const token = await keyOfItsOwn(board.id);
  const began = clock();
  Date.now = board.id === STILL ? () => began : clock;
  return runStoryboard(`${base}/mcp`, board, {
    auth: { type: 'bearer', token },
    protocol: 'mcp',
    allow_http: true,
    // The test kit says which key a seller under test accepts: this one.
    test_kit: { auth: { api_key: token, probe_task: 'list_creatives' } },
    brand: { domain: 'acmeoutdoor.example' },
  });
}

const why = step => (step.error ?? step.validations?.filter(v => !v.passed).map(v => `${v.description ?? v.check}: ${v.error ?? ''}`).join('; ') ?? '').slice(0, 400);
const missed = [];
let passed = 0, ran = 0, skipped = 0;
for (const id of wanted) {
  const board = all.get(id);
  if (!board) { console.error(`no storyboard is called ${id}`); process.exit(64); }
  const result = await run(board);
  // A phase that is one of several ways counts only when it was needed.
  const steps = result.phases.flatMap(phase => phase.steps.map(step => ({ ...step, way: board.phases.find(p => p.id === phase.phase_id)?.optional })));
  const graded = steps.filter(step => !step.skipped && !(step.way && !step.passed));
  const bad = graded.filter(step => !step.passed);
  ran += graded.length;
  passed += graded.length - bad.length;
  skipped += steps.length - graded.length;
  console.log(`  ${result.overall_passed ? 'ok  ' : 'miss'} ${id}: ${graded.length - bad.length} of ${graded.length} steps, ${steps.length - graded.length} skipped`);
  if (process.env.VERBOSE) for (const step of steps) if (step.skipped || !step.passed) console.log(`         ${step.step_id}: ${step.skip_reason ?? ''} ${step.skip?.detail ?? ''} ${why(step)}`);
  for (const step of bad) missed.push([`${id}/${step.step_id}`, why(step)]);
  for (const claim of result.assertions ?? []) if (!claim.passed) missed.push([`${id}/${claim.assertion_id}`, claim.error ?? claim.description ?? '']);
}

// Requests made from the standard's schemas: each is answered as its schema says, or refused with a code.
const FUZZED = ['get_adcp_capabilities', 'get_products', 'list_creative_formats', 'list_creatives', 'get_media_buys', 'get_media_buy_delivery',
  'list_content_standards', 'get_content_standards', 'update_media_buy', 'update_content_standards'];
if (!only.length) {
  Date.now = clock;
  const report = await runConformance(`${base}/mcp`, {
    seed: 42, turnBudget: 10, protocol: 'mcp', authToken: await keyOfItsOwn('fuzz'), autoSeed: true, tools: FUZZED,
  });
  console.log(`  ${report.totalFailures ? 'miss' : 'ok  '} fuzz: ${report.totalRuns - report.totalFailures} of ${report.totalRuns} runs, seed 42`);
  for (const failure of report.failures) missed.push([`fuzz/${failure.tool}`, JSON.stringify(failure).slice(0, 400)]);
  for (const probe of report.uniformError ?? []) {
    if (probe.verdict === 'fail') missed.push([`uniform-error/${probe.tool}`, probe.differences.join('; ')]);
  }
}

console.log(`AdCP: ${passed} of ${ran} steps passed, ${skipped} skipped by the runner, ${wanted.length} storyboards`);
const unexplained = missed.filter(([step]) => !explained[step]);
const come = Object.keys(explained).filter(step => (!only.length || wanted.includes(step.slice(0, step.lastIndexOf('/')))) && !missed.some(([m]) => m === step));
for (const [step] of missed.filter(([m]) => explained[m])) console.log(`  explained  ${step}: ${explained[step]}`);
for (const [step, reason] of unexplained) console.log(`  MISS       ${step}: ${reason}`);
for (const step of come) console.log(`  PASSES NOW ${step}: take it out of misses.json`);
process.exit(unexplained.length || come.length ? 2 : 0);
