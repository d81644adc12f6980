import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** A program that runs the hook: a Node with SQLite. */
export interface HookNode {
  readonly file: string;
  /** Whether it is VS Code's own program, which is a Node where `ELECTRON_RUN_AS_NODE` says so. */
  readonly isElectron: boolean;
}

/**
 * A Node that is new enough, by a path that is likely to stay: the one that runs this, else the one on the PATH, else VS Code itself.
 *
 * @returns undefined where there is none.
 */
export async function findNode(
  env: NodeJS.ProcessEnv = process.env,
  own = process.execPath,
): Promise<HookNode | undefined> {
  for (const node of candidates(env, own)) if ((await nodeVersion(node)) !== undefined) return node;
  return undefined;
}

function candidates(env: NodeJS.ProcessEnv, own: string): HookNode[] {
  const isElectron = process.versions.electron !== undefined;
  const onPath = onThePath(env).map((file) => ({ file, isElectron: false }));
  const itself = { file: own, isElectron };
  // What `node` on the PATH is another name of has that name still when it is updated. What belongs to VS Code goes with its version.
  const isSame = onPath.length > 0 && fs.realpathSync(onPath[0].file) === realPath(own);
  return isElectron || isSame || /[\\/]\.?vscode[^\\/]*[\\/]/.test(own) ? [...onPath, itself] : [itself, ...onPath];
}

function realPath(file: string): string {
  return fs.existsSync(file) ? fs.realpathSync(file) : file;
}

function onThePath(env: NodeJS.ProcessEnv): string[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return (env.PATH ?? env.Path ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .filter((file) => fs.existsSync(file));
}

/** The version of a Node that has SQLite; undefined where it has none, or cannot be run. */
export function nodeVersion({ file, isElectron }: HookNode): Promise<string | undefined> {
  const script = 'process.stdout.write(process.getBuiltinModule?.("node:sqlite") ? process.versions.node : "")';
  const env = { ...process.env, NODE_OPTIONS: '', ...(isElectron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
  return new Promise((resolve) => {
    execFile(file, ['--no-warnings', '-e', script], { env, timeout: 10_000 }, (error, stdout) => {
      resolve(error === null && /^\d+\.\d+/.test(stdout) ? stdout : undefined);
    });
  });
}
