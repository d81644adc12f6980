// Bundles the doors of the package and, where asked for, the tests and what is measured with.
// `node esbuild.js [--production] [--watch] [--tests] [--bench]`
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const bench = process.argv.includes('--bench');

/** What every bundle shares. Node 20 is what the oldest supported VS Code (1.100) runs extensions on. */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: production ? false : 'linked',
  minify: production,
  // Names of functions and classes appear in messages and logs.
  keepNames: production,
  legalComments: 'linked',
  logLevel: 'warning',
};

const version = JSON.stringify(require('./package.json').version);

/** What Node would load of it finds its parts by a name that no bundler sees. */
const BUNDLED = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

/** The door that instruments a program shares the library with it: one class of errors, one trail. */
const besideTheLibrary = {
  name: 'beside-the-library',
  setup: (build) => build.onResolve({ filter: /^\.\/index$/ }, () => ({ path: './index.mjs', external: true })),
};

const bundles = [
  { entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    entryPoints: ['src/recorder/hook/main.ts'],
    outfile: 'dist/hook.js',
    // Copies of it are kept in people's profiles; which version one is stands in its first line.
    banner: { js: `// aegis-audit-trail hook ${JSON.parse(version)}` },
  },
  { entryPoints: ['src/chainfile/worker.ts'], outfile: 'dist/chain-worker.js' },
  { entryPoints: ['src/logfile/worker.ts'], outfile: 'dist/log-worker.js' },
  { entryPoints: ['src/policyfile/worker.ts'], outfile: 'dist/policy-worker.js' },
  {
    entryPoints: ['src/webview/timeline/main.tsx'],
    outfile: 'dist/timeline.js',
    platform: 'browser',
    target: 'chrome122',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
  { entryPoints: ['src/index.ts'], outfile: 'dist/index.js' },
  {
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.mjs',
    format: 'esm',
    define: { AEGIS_VERSION: version, __dirname: 'aegisDirname', __filename: 'aegisFilename' },
    banner: {
      js: [
        "import { fileURLToPath as aegisFileUrl } from 'node:url';",
        'const aegisFilename = aegisFileUrl(import.meta.url);',
        "const aegisDirname = aegisFileUrl(new URL('.', import.meta.url));",
      ].join('\n'),
    },
  },
  { entryPoints: ['src/auto.ts'], outfile: 'dist/auto.mjs', format: 'esm', plugins: [besideTheLibrary] },
].map((bundle) => ({ ...common, alias: BUNDLED, define: { AEGIS_VERSION: version }, ...bundle }));

/** What tests start that is no test itself. */
const PROGRAMS = [path.join('test', 'host', 'index.ts'), path.join('test', 'recorder', 'programs')];

function testBundles() {
  const entryPoints = fs
    .readdirSync('test', { recursive: true })
    .map((name) => path.join('test', name))
    .filter(
      (name) => name.endsWith('.test.ts') || PROGRAMS.some((place) => name.startsWith(place) && name.endsWith('.ts')),
    );
  return [
    {
      ...common,
      define: { AEGIS_VERSION: version },
      sourcemap: 'inline',
      entryPoints,
      outdir: 'out/test',
      outbase: 'test',
      packages: 'external',
      external: ['vscode'],
    },
  ];
}

const benchBundles = [
  {
    ...common,
    entryPoints: { inHost: 'bench/inHost/index.ts', follower: 'bench/follower.ts', evaluator: 'bench/evaluator.ts' },
    outdir: 'out/bench/build',
    external: ['vscode'],
  },
];

/** SQLite itself, which sql.js loads from beside our bundles. */
function copySqlite() {
  fs.mkdirSync('dist', { recursive: true });
  fs.copyFileSync(require.resolve('sql.js/dist/sql-wasm.wasm'), path.join('dist', 'sql-wasm.wasm'));
}

async function main() {
  copySqlite();
  for (const bundle of [...bundles, ...(tests ? testBundles() : []), ...(bench ? benchBundles : [])]) {
    if (watch) await (await esbuild.context(bundle)).watch();
    else await esbuild.build(bundle);
  }
  if (watch) console.log('Watching for changes.');
}

main().catch(() => process.exit(1));
