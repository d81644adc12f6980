// The chains that are measured on, below out/bench. They are kept: writing a long one takes a while.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const benchFolder = path.join(projectRoot, 'out', 'bench');

/** @param {string} name */
export const benchScript = (name) => path.join(projectRoot, 'bench', name);

/**
 * @param {number} entries
 * @param {number} [breaks]
 * @returns {string} a file with that chain
 */
export function chainFile(entries, breaks = 0) {
  const file = path.join(benchFolder, `chain-${entries}${breaks === 0 ? '' : `-${breaks}-breaks`}.jsonl`);
  if (existsSync(file)) return file;
  console.error(`Writing a chain of ${entries.toLocaleString('en-US')} entries, once…`);
  mkdirSync(benchFolder, { recursive: true });
  execFileSync(process.execPath, [benchScript('generate.mjs'), String(entries), `${file}.part`, String(breaks)]);
  renameSync(`${file}.part`, file);
  return file;
}
