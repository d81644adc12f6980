import * as readline from 'node:readline';
import type { Decision } from '../runtime/decision';
import type { ApprovalHandler } from '../runtime/executor';
import { actionRows } from './actionRows';
import { nobodyAsked } from './denials';

export interface TerminalOptions {
  /** Where the answer comes from; by default the standard input. */
  readonly input?: (NodeJS.ReadableStream & { isTTY?: boolean }) | undefined;
  /** Where the question goes; by default the standard error, which is not what the program prints. */
  readonly output?: NodeJS.WritableStream | undefined;
}

const LINE = '='.repeat(60);

/**
 * Asks at the terminal, with the action in full: its text cannot act on the terminal, for control characters are shown as `\u{…}`.
 * Only `y` and `yes` are a yes. Where the input is no terminal, or has ended, the answer is no, which is said. Of several questions at
 * once one is asked after the other.
 *
 * Source: `CLIApprovalHandler` of the reference's runtime/approval.py.
 */
export function terminalApproval({
  input = process.stdin,
  output = process.stderr,
}: TerminalOptions = {}): ApprovalHandler {
  let last: Promise<unknown> = Promise.resolve();
  return (decision) => {
    const answer = last.then(() => ask(decision, input, output));
    last = answer.catch(() => undefined);
    return answer;
  };
}

async function ask(
  decision: Decision,
  input: NonNullable<TerminalOptions['input']>,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  const say = (line: string): unknown => output.write(`${line}\n`);
  say(question(decision));
  const deny = (reason: string): false => {
    say(`  ${reason}`);
    return nobodyAsked(decision, reason);
  };
  if (input.isTTY !== true) return deny('There is no terminal at which somebody could be asked.');
  const lines = readline.createInterface({ input, output, terminal: false });
  try {
    output.write('  Approve? [y/n]: ');
    for await (const line of lines) {
      const answer = line.trim().toLowerCase();
      if (answer === 'y' || answer === 'yes') return true;
      if (answer === 'n' || answer === 'no') return false;
      say("  Please enter 'y' or 'n'.");
      output.write('  Approve? [y/n]: ');
    }
    say('');
    return deny('The input ended before somebody answered.');
  } finally {
    lines.close();
  }
}

function question(decision: Decision): string {
  const rows = actionRows(decision).map(([name, text]) => `  ${`${name}:`.padEnd(8)} ${text}`);
  return ['', LINE, '  APPROVAL REQUIRED', LINE, ...rows, LINE].join('\n');
}
