// `npm run bench`: how fast and in how much memory a long chain is verified, as ratios against what the same machine can do
// at best (openssl hashing the same bytes) and against a plain Python loop. The commands take turns, so that a machine whose
// speed drifts does not favour one of them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import path from 'node:path';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { entries: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '5' } },
});
const entries = Number(values.entries);
const rounds = Number(values.rounds);
const folder = path.join(root, 'out', 'bench');
const chain = path.join(folder, `chain-${entries}.jsonl`);

execFileSync(process.execPath, [path.join(root, 'esbuild.js'), '--production'], { cwd: root, stdio: 'inherit' });
mkdirSync(folder, { recursive: true });
if (!existsSync(chain)) {
  console.error(`Writing a chain of ${entries.toLocaleString('en-US')} entries, once…`);
  execFileSync(process.execPath, [path.join(root, 'bench', 'generate.mjs'), String(entries), chain]);
}

const commands = {
  aegis: [process.execPath, path.join(root, 'dist', 'cli.js'), 'verify', chain, '--format', 'json'],
  openssl: ['openssl', 'dgst', '-sha256', chain],
  python: ['python3', path.join(root, 'bench', 'peer.py'), chain],
};

function measure(command) {
  const result = JSON.parse(
    execFileSync('python3', [path.join(root, 'bench', 'measure.py'), ...command], { encoding: 'utf8' }),
  );
  if (result.code !== 0) throw new Error(`${command.join(' ')} ended with exit code ${result.code}`);
  return result;
}

const runs = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (const name of ['aegis', 'openssl']) measure(commands[name]); // warms the file cache
for (let round = 1; round <= rounds; round++) {
  for (const [name, command] of Object.entries(commands)) {
    // Python takes as long as all the others together; fewer rounds tell enough of it.
    if (name === 'python' && round > Math.ceil(rounds / 2)) continue;
    runs[name].push(measure(command));
    console.error(`round ${round}: ${name} ${runs[name].at(-1).seconds.toFixed(2)} s`);
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ratios = (a, b) =>
  runs[a].map(({ seconds }, i) => runs[b][i] && seconds / runs[b][i].seconds).filter((ratio) => ratio !== undefined);
const spread = (numbers) =>
  `${median(numbers).toFixed(2)} (${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)})`;
const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

console.log(
  `\n${entries.toLocaleString('en-US')} entries, ${megabytes(statSync(chain).size)}, Node ${process.version}, ${availableParallelism()} cores, ${rounds} rounds\n`,
);
console.log('| what | median (least to most) | target |');
console.log('| --- | --- | --- |');
console.log(`| wall time of aegis verify / openssl dgst -sha256 | ${spread(ratios('aegis', 'openssl'))} | at most 3 |`);
console.log(`| wall time of the Python loop / aegis verify | ${spread(ratios('python', 'aegis'))} | at least 10 |`);
console.log(
  `| peak memory of aegis verify | ${megabytes(median(runs.aegis.map(({ bytes }) => bytes)))} (most ${megabytes(Math.max(...runs.aegis.map(({ bytes }) => bytes)))}) | at most 200 MB |`,
);
