import * as path from 'node:path';
import type { AgentName } from '../agents/agent';

/** What an entry has its agent run. */
export interface HookCommand {
  /** Absolute, as are the others. */
  readonly node: string;
  /** Whether that is VS Code's own program, which is a Node only where it is told so. */
  readonly isElectron: boolean;
  readonly hook: string;
  readonly agent: AgentName;
  readonly dir: string;
  readonly policy: string | undefined;
  readonly isFailClosed: boolean;
}

/** The end of the path by which an entry is known to be ours, whoever's profile it is in. */
export const HOOK_TAIL = 'aegis-audit-trail/hook/hook.js';

/** With it, VS Code's own program is a Node. */
const ELECTRON = 'ELECTRON_RUN_AS_NODE';

const MISSING = 'The hook of Aegis could not be run: nothing is recorded. aegis record status says why.';

/**
 * One line for the shell that the agent has: `sh` on POSIX. On Windows it is one that Git Bash and cmd read alike, PowerShell does not;
 * that is not tested.
 *
 * @param saysWhereMissing whether something is to be said where it cannot be started at all.
 */
export function commandLine(command: HookCommand, saysWhereMissing: boolean, platform = process.platform): string {
  const quote = platform === 'win32' ? quoteForWindows : quoteForPosix;
  const { node, hook, agent, dir, policy, isFailClosed } = command;
  const line = [
    ...(platform === 'win32' ? [] : variables(command).map(([name, value]) => `${name}=${quote(value)}`)),
    quote(node),
    '--no-warnings',
    quote(hook),
    '--agent',
    agent,
    '--dir',
    quote(dir),
    ...(policy === undefined ? [] : ['--policy', quote(policy)]),
    ...(isFailClosed ? ['--fail-closed'] : []),
  ].join(' ');
  if (platform === 'win32') return line;
  if (isFailClosed) return `${line} || { echo '${MISSING}' >&2; exit 2; }`;
  return saysWhereMissing ? `${line} || echo '${JSON.stringify({ systemMessage: MISSING })}'` : line;
}

/** Node keeps what it compiled of the hook beside it, and so starts it in less time. */
function variables({ hook, isElectron }: HookCommand): readonly (readonly [string, string])[] {
  const cache = ['NODE_COMPILE_CACHE', path.join(path.dirname(hook), 'cache')] as const;
  return isElectron ? [cache, [ELECTRON, '1']] : [cache];
}

/** What an entry of ours runs; undefined for any other command. */
export function readCommandLine(line: string): HookCommand | undefined {
  if (!line.replaceAll('\\', '/').includes(HOOK_TAIL)) return undefined;
  const words = wordsOf(line);
  const start = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const isElectron = words.slice(0, start).includes(`${ELECTRON}=1`);
  const [node, ...rest] = words.slice(start);
  const after = (flag: string): string | undefined => {
    const at = rest.indexOf(flag);
    return at < 0 ? undefined : rest[at + 1];
  };
  const hook = rest.find((word) => word.replaceAll('\\', '/').endsWith(HOOK_TAIL));
  const dir = after('--dir');
  if (hook === undefined || dir === undefined) return undefined;
  return {
    node,
    isElectron,
    hook,
    agent: after('--agent') as AgentName,
    dir,
    policy: after('--policy'),
    isFailClosed: rest.includes('--fail-closed'),
  };
}

function quoteForPosix(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** No path of Windows has a quote in it. A backslash would be lost in Git Bash. */
function quoteForWindows(word: string): string {
  return `"${word.replaceAll('\\', '/')}"`;
}

/** The words of a line that `commandLine` made, up to what stands behind the command. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [whole] of line.matchAll(/(?:'[^']*'|\\'|"[^"]*"|[^\s'"\\])+/g)) {
    if (whole === '||') break;
    words.push(
      whole.replace(/'([^']*)'|\\(')|"([^"]*)"/g, (_, a?: string, b?: string, c?: string) => a ?? b ?? c ?? ''),
    );
  }
  return words;
}
