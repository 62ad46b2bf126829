// Runs the page's checks over packs: node verify.mjs SCRIPT PACK... Prints one line of JSON a pack.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const [script, ...packs] = process.argv.slice(2);
vm.runInThisContext(readFileSync(script, 'utf8'));
for (const pack of packs) {
  const { holds, receipts, faults, notes } = await globalThis.mizanVerify.check(new Uint8Array(readFileSync(pack)));
  console.log(JSON.stringify({ holds, receipts, notes, faults: faults.slice(0, 3) }));
}
