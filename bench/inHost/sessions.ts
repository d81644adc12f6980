import * as vscode from 'vscode';
import { watchingBlocks, shownBlock } from './blocks';
import { say, sleep } from './support';
import type { Plan, Timed } from './plan';

interface LogState {
  readonly uri: vscode.Uri;
  readonly summary?: { readonly entries: number };
}

/** Lists a large database and opens its timeline, as a person does; it is forgotten in between. */
export async function openSessions({ rounds, database }: Plan): Promise<Timed[]> {
  const uri = vscode.Uri.file(database);
  const runs: Timed[] = [];
  for (let round = 1; round <= rounds; round++) {
    const { value: time, block } = await watchingBlocks(async () => {
      const started = performance.now();
      await vscode.commands.executeCommand('aegis.addLog', uri, [uri]);
      // So large a log is read when somebody opens it.
      await vscode.commands.executeCommand('aegis.openTimeline', uri);
      while (!(await isRead(uri))) await sleep(20);
      const read = performance.now() - started;
      await sleep(3000);
      return read;
    });
    runs.push({ time, block });
    say(`sessions, round ${round}: ${time.toFixed(0)} ms, ${shownBlock(block)}`);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('aegis.removeLog', uri);
    await sleep(500);
  }
  return runs;
}

async function isRead(uri: vscode.Uri): Promise<boolean> {
  const states = await vscode.commands.executeCommand<LogState[]>('aegis.refreshSessions');
  const state = states.find((each) => each.uri.toString() === uri.toString());
  return (state?.summary?.entries ?? 0) > 0;
}
