// What VS Code calls in its extension host instead of tests: measures there what bench/host.mjs asks for.
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { followLong, followOpen } from './following';
import type { Part, Plan, Results } from './plan';
import { openSessions } from './sessions';
import { sleep } from './support';
import { verifyBrokenClosed, verifyBrokenOpen, verifyInTurns } from './verifying';

const PARTS: { [P in Part]: (plan: Plan) => Promise<Results[P]> } = {
  verifying: verifyInTurns,
  sessions: openSessions,
  brokenOpen: verifyBrokenOpen,
  brokenClosed: verifyBrokenClosed,
  followingLong: followLong,
  followingOpen: followOpen,
};

export async function run(): Promise<void> {
  const plan = JSON.parse(readFileSync(process.env.AEGIS_BENCH_PLAN!, 'utf8')) as Plan;
  await vscode.extensions.getExtension('aegis-audit-trail.aegis-audit-trail')!.activate();
  // VS Code still starts other things.
  await sleep(5000);
  writeFileSync(plan.result, JSON.stringify(await PARTS[plan.part](plan)));
  // What the harness that runs tests waits for.
  writeFileSync(process.env.AEGIS_TEST_RESULTS!, JSON.stringify({ passed: 1, failed: 0, pending: 0 }));
}
