// How long the texts take that are made to take long: `node scripts/hostile-times.mjs`, or with words of their names. Each is asked for in
// a megabyte; the tests hold only how the work grows, for no time is the same on two machines.
import { buildSync } from 'esbuild';
import { createRequire } from 'node:module';

const { outputFiles } = buildSync({
  stdin: {
    contents: `
      export { HOSTILE_TEXTS } from './test/unit/policy/support/hostileTexts';
      export { readYaml } from './src/policyfile/yaml/readYaml';
      export { lintPolicy } from './src/core/policy/lint/lintPolicy';
      export { completePolicy } from './src/core/policy/editing/completion';`,
    resolveDir: process.cwd(),
  },
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
});
const module = { exports: /** @type {any} */ ({}) };
new Function('module', 'exports', 'require', outputFiles[0].text)(
  module,
  module.exports,
  createRequire(import.meta.url),
);
const { HOSTILE_TEXTS, readYaml, lintPolicy, completePolicy } = module.exports;

/** Milliseconds of this thread and its collector of garbage. */
function timed(/** @type {() => unknown} */ work) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, time: Math.round((user + system) / 1000) };
}

const words = process.argv.slice(2);
for (const [what, make] of Object.entries(HOSTILE_TEXTS)) {
  if (words.length > 0 && !words.some((word) => what.includes(word))) continue;
  const text = make(1 << 20);
  const read = timed(() => readYaml(text));
  const lint = timed(() => lintPolicy(read.result, text));
  const complete = timed(() => completePolicy(text, text.length >> 1, { types: [], targets: [], agents: [] }));
  const times = [read, lint, complete].map(({ time }) => String(time).padStart(6)).join('');
  console.log(`${times} ms to read, lint, complete: ${what}`);
}
