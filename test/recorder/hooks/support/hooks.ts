import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AGENT_NAMES, type AgentName } from '../../../../src/recorder/agents/agent';
import type { HookArguments } from '../../../../src/recorder/hook/hookArguments';
import { runHook, type HookAnswer } from '../../../../src/recorder/hook/runHook';

/** What a fixture's payload tells; null for what is not about a call. */
export interface Told {
  readonly agent_id: string;
  readonly session_id: string;
  readonly tool: string;
  readonly target: string;
  /** Null before the call. */
  readonly status: string | null;
  readonly error?: string;
}

export interface HookFixture {
  readonly name: string;
  readonly agent: AgentName;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly told: Told | null;
}

/** Payloads as the documentation of each agent has them; each file names its source. */
export function hookFixtures(): HookFixture[] {
  const place = path.join('test', 'fixtures', 'hooks');
  return AGENT_NAMES.flatMap((agent) =>
    fs.readdirSync(path.join(place, agent)).map((file) => {
      const text = fs.readFileSync(path.join(place, agent, file), 'utf8');
      return { name: `${agent}/${file}`, agent, ...(JSON.parse(text) as Pick<HookFixture, 'payload' | 'told'>) };
    }),
  );
}

export function hookFixture(name: string): HookFixture {
  return hookFixtures().find((each) => each.name === `${name}.json`)!;
}

/** A hook in this process, whose trail and policy are in a folder. */
export function hookIn(
  folder: string,
  agent: AgentName,
  payload: unknown,
  args: Partial<HookArguments> = {},
): Promise<HookAnswer> {
  const input = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return runHook({ agent, dir: path.join(folder, '.aegis'), policy: undefined, isFailClosed: false, ...args }, () =>
    Promise.resolve(input),
  );
}

export interface Ended extends HookAnswer {
  readonly code: number | null;
}

/** The bundle that agents start, in a process of its own. @param input undefined leaves its standard input open. */
export function startHook(
  args: readonly string[],
  input: string | undefined,
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly node?: string } = {},
): Promise<Ended> {
  const { cwd, env = process.env, node = process.execPath } = options;
  const child = spawn(node, [HOOK, ...args], { cwd, env });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (part: Buffer) => (said[name] += part.toString('utf8')));
  child.stdin.on('error', () => undefined);
  if (input !== undefined) child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...said, code }));
  });
}

export const HOOK = path.resolve('dist', 'hook.js');
