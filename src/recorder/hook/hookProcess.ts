import { parseHookArguments } from './hookArguments';
import { readInput } from './readInput';
import { runHook, type HookAnswer } from './runHook';

/**
 * Runs a hook for this process, and ends it. The exit code is 0 whatever happens, for some agents take any other for a denial; only for
 * a person at a terminal, who waits for no answer, a wrong command line ends with 1.
 */
export async function hookProcess(args: readonly string[]): Promise<void> {
  const parsed = parseHookArguments(args);
  if (typeof parsed === 'string') {
    end({ stdout: '', stderr: `aegis: ${parsed}\n` }, process.stdin.isTTY ? 1 : 0);
    return;
  }
  end(await runHook(parsed, () => readInput()), 0);
}

/** Ends the process when what it says is written, whatever else still waits. */
function end({ stdout, stderr }: HookAnswer, code: number): void {
  // An agent that has stopped listening needs no answer.
  process.stdout.on('error', () => process.exit(code));
  process.stderr.on('error', () => undefined);
  if (stderr !== '') process.stderr.write(stderr);
  process.stdout.write(stdout, () => process.exit(code));
}
