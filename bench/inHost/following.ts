import { spawn } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { shownBlock, watchingBlocks } from './blocks';
import { copyToWorkspace, say, sleep } from './support';
import type { Plan, Results, Timed } from './plan';

const TOO_LATE_MS = 60_000;

/**
 * Follows a chain of which the editor holds nothing, for it is too long. Only the lens tells how far the extension is, and
 * a lens needs a document: so a short file is opened, which VS Code does not watch (see the settings in bench/host.mjs),
 * and the long chain is put in its place.
 */
export async function followLong(plan: Plan): Promise<Timed[]> {
  const runs: Timed[] = [];
  for (let round = 1; round <= plan.rounds; round++) {
    const file = await copyToWorkspace(plan.shortChain, path.join('unwatched', `long-${round}.jsonl`));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file), { preview: false });
    await fs.copyFile(plan.longChain, file);
    runs.push(await follow(file, plan));
    say(`following the long chain, round ${round}: ${shown(runs.at(-1)!)}`);
    await tidyUp(file);
  }
  return runs;
}

/** Has a chain written that is open in the editor, which VS Code reads again each time: followed and not, in turns. */
export async function followOpen(plan: Plan): Promise<Results['followingOpen']> {
  const followed: Timed[] = [];
  const notFollowed: Timed[] = [];
  for (let round = 1; round <= plan.rounds; round++) {
    for (const isFollowed of [true, false]) {
      const name = `${isFollowed ? 'followed' : 'written'}-${round}.jsonl`;
      const file = await copyToWorkspace(plan.shortChain, name);
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document, { preview: false });
      const runs = isFollowed ? followed : notFollowed;
      runs.push(isFollowed ? await follow(file, plan) : await onlyWrite(document, plan));
      say(`chain in an editor, ${isFollowed ? 'followed' : 'not followed'}, round ${round}: ${shown(runs.at(-1)!)}`);
      await tidyUp(file);
    }
  }
  return { followed, notFollowed };
}

async function follow(file: string, plan: Plan): Promise<Timed> {
  const uri = vscode.Uri.file(file);
  await vscode.commands.executeCommand('aegis.followChain', uri);
  const { entries } = plan.pace;
  const { value: time, block } = await watchingBlocks(() =>
    lag(file, plan, async () => (await countedInLens(uri)) === entries),
  );
  await vscode.commands.executeCommand('aegis.stopFollowing', uri);
  return { time, block };
}

async function onlyWrite(document: vscode.TextDocument, plan: Plan): Promise<Timed> {
  const lines = document.lineCount + plan.pace.entries;
  const { value: time, block } = await watchingBlocks(() =>
    // VS Code may miss the last change; that is not what is measured.
    lag(document.uri.fsPath, plan, () => Promise.resolve(document.lineCount === lines), plan.editorPatienceMs),
  );
  return { time, block };
}

/**
 * Has a chain written, and tells how much later than the last entry all of them have arrived.
 *
 * @param most after which it is no longer waited for.
 */
async function lag(
  file: string,
  { appendScript, pace: { entries, batch, everyMs } }: Plan,
  haveArrived: () => Promise<boolean>,
  most = Infinity,
): Promise<number> {
  const pace = [entries, batch, everyMs].map(String);
  const writer = spawn(process.execPath, [appendScript, file, ...pace], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(writer.stdout)[Symbol.asyncIterator]();
  await lines.next();
  writer.stdin.write('\n');
  const { last, seconds } = JSON.parse((await lines.next()).value as string) as { last: number; seconds: number };
  if (seconds * 1000 > (entries / batch) * everyMs * 1.1) say(`The writer was late: ${seconds.toFixed(1)} s.`);
  while (!(await haveArrived()) && Date.now() - last < most) {
    if (Date.now() - last > TOO_LATE_MS)
      throw new Error('Not all entries had arrived a minute after they were written.');
    await sleep(5);
  }
  return Date.now() - last;
}

async function countedInLens(uri: vscode.Uri): Promise<number> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
  const titles = lenses.map(({ command }) => command?.title ?? '');
  const count = titles.map((title) => /Following: ([\d,]+) new entr/.exec(title)?.[1]).find((found) => found);
  if (count === undefined) throw new Error(`No lens counts new entries: ${titles.join(' | ')}`);
  return Number(count.replaceAll(',', ''));
}

async function tidyUp(file: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await fs.rm(file);
  // What VS Code still has to do with it is not the next round's.
  await sleep(2000);
}

function shown({ time, block }: Timed): string {
  return `lag ${time.toFixed(0)} ms, ${shownBlock(block)}`;
}
