// What a page loads: minified, gzipped. Fails above 6 KB.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';

const LIMIT = 6 * 1024;
let failed = false;
for (const entry of ['mizan', 'element']) {
  const { outputFiles: [file] } = await build({
    entryPoints: [new URL(`../src/${entry}.js`, import.meta.url).pathname],
    bundle: true, minify: true, format: 'esm', target: 'es2022', write: false,
  });
  const size = gzipSync(file.contents, { level: 9 }).length;
  failed ||= size > LIMIT;
  console.log(`${entry}.js ${size} bytes gzipped, ${file.contents.length} minified, limit ${LIMIT}`);
}
process.exit(failed ? 2 : 0);
