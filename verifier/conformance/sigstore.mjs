// Checks tlog-proofs with the verifier that npm uses for its provenance: the checkpoint and Merkle code of
// @sigstore/verify, which others wrote and keep. Only the lines of the proof are taken apart here.
//
//   npm ci && node sigstore.mjs VKEY PROOF-FILE ENTRY-FILE [PROOF-FILE ENTRY-FILE]...
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
const inside = load.resolve('@sigstore/verify').replace(/index\.js$/, '');
const { verifyCheckpoint } = load(inside + 'tlog/checkpoint.js');
const { verifyMerkleInclusion } = load(inside + 'tlog/merkle.js');

const [vkey, ...files] = process.argv.slice(2);
// Base64 may hold a plus sign too.
const [, name, encoded] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(vkey);
const typed = Buffer.from(encoded, 'base64');
const log = {
  baseURL: name,
  logID: createHash('sha256').update(name + '\n').update(typed).digest(),
  publicKey: createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), typed.subarray(1)]), format: 'der', type: 'spki',
  }),
};

let proofs = 0;
for (let i = 0; i < files.length; i += 2) {
  const proof = readFileSync(files[i], 'utf8');
  const blank = proof.indexOf('\n\n');
  const lines = proof.slice(0, blank).split('\n').slice(1).filter((line) => !line.startsWith('extra '));
  const entry = {
    canonicalizedBody: readFileSync(files[i + 1]),
    inclusionProof: {
      logIndex: lines[0].replace('index ', ''),
      hashes: lines.slice(1).map((hash) => Buffer.from(hash, 'base64')),
      checkpoint: { envelope: proof.slice(blank + 2) },
    },
  };
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
  proofs++;
}
console.log(JSON.stringify({ verifier: '@sigstore/verify', proofs }));
