// Bundles page.mjs into one script that also works in a page that is opened as a file, and lists the licences of its libraries.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const [out] = process.argv.slice(2);
const { metafile } = await build({
  entryPoints: ['page.mjs'],
  outfile: join(out, 'catalog.js'),
  bundle: true,
  charset: 'utf8',
  format: 'iife',
  legalComments: 'none',
  metafile: true,
  minify: true,
  target: 'es2022',
});

const packages = new Set(Object.keys(metafile.inputs)
  .map((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
  .filter(Boolean));

/** The name, version and licence of a package, and the text of its licence if it brings one. */
function licence(name) {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version}, ${license}`, ...text].join('\n\n');
}

writeFileSync(join(out, 'licences.txt'), `${[...packages].sort().map(licence).join(`\n\n${'-'.repeat(72)}\n\n`)}\n`);
