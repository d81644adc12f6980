import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as vscode from 'vscode';
import { shownBlock, watchingBlocks } from './blocks';
import { copyToWorkspace, say, sleep } from './support';
import type { Plan, Results, Timed } from './plan';

interface Report {
  readonly entries: number;
  readonly explanation: { readonly total: number };
}

/** Verifies the long chain in the host and with the command line, in turns. */
export async function verifyInTurns({ rounds, longChain, cli }: Plan): Promise<Results['verifying']> {
  const inHost: Timed[] = [];
  const commandLine: Timed[] = [];
  for (let round = 0; round <= rounds; round++) {
    const host = await timed(() => verify(longChain));
    const outside = await timed(() => verifyOutside(cli, longChain));
    if (round === 0) continue; // Warms the file cache.
    inHost.push(host);
    commandLine.push(outside);
    say(`long chain, round ${round}: ${shown(host)}; command line ${shown(outside)}`);
  }
  return { inHost, commandLine };
}

/** Verifies a chain with many breaks that is open in the editor. */
export async function verifyBrokenOpen(plan: Plan): Promise<Timed[]> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(plan.brokenChain), { preview: false });
  await sleep(5000);
  const runs = await verifyBroken(plan, 'in an editor', () => Promise.resolve(plan.brokenChain));
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  return runs;
}

/** Verifies one that is not open: another file each time, for VS Code keeps a document a while. */
export function verifyBrokenClosed(plan: Plan): Promise<Timed[]> {
  return verifyBroken(plan, 'not open', (round) => copyToWorkspace(plan.brokenChain, `broken-${round}.jsonl`));
}

async function verifyBroken(
  { rounds, breaks }: Plan,
  what: string,
  prepare: (round: number) => Promise<string>,
): Promise<Timed[]> {
  const runs: Timed[] = [];
  for (let round = 1; round <= rounds; round++) {
    const file = await prepare(round);
    const run = await timed(async () => {
      const report = await verify(file);
      if (report.explanation.total !== breaks) throw new Error(`There are ${report.explanation.total} breaks.`);
    });
    runs.push(run);
    say(`broken chain ${what}, round ${round}: ${shown(run)}`);
  }
  return runs;
}

/** Time of some work; the blocks are watched a while longer, for what was found is shown only then. */
async function timed(work: () => Promise<unknown>): Promise<Timed> {
  const { value: time, block } = await watchingBlocks(async () => {
    const started = performance.now();
    await work();
    const time = performance.now() - started;
    await sleep(1000);
    return time;
  });
  return { time, block };
}

async function verify(file: string): Promise<Report> {
  const reports = await vscode.commands.executeCommand<Report[]>('aegis.verifyChain', vscode.Uri.file(file));
  if (reports.length !== 1) throw new Error(`${file} was not verified.`);
  return reports[0];
}

async function verifyOutside(cli: string, file: string): Promise<void> {
  const child = spawn(process.execPath, [cli, 'verify', file, '--format', 'json'], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`The command line ended with exit code ${code}.`);
}

function shown({ time, block }: Timed): string {
  return `${(time / 1000).toFixed(2)} s, ${shownBlock(block)}`;
}
