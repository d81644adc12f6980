// `npm run package`: the extension as a .vsix, made of a production build. `node scripts/package.mjs [FILE.vsix]`

import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from './vscode/paths.mjs';

const { name, version } = createRequire(import.meta.url)('../package.json');
const file = process.argv[2] ?? join(projectRoot, `${name}-${version}.vsix`);
const run = (/** @type {string[]} */ ...args) =>
  execFileSync(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' });

run('esbuild.js', '--production');
// The bundles hold all that is needed, so the packages themselves stay out.
run(
  join('node_modules', '@vscode', 'vsce', 'vsce'),
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '--out',
  file,
);
