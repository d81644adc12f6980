// What these scripts tell the person who runs them: one line a step, on stderr, so that stdout stays for results.

/**
 * Says one line.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * A failure that the reader can do something about: its message is a whole sentence for that person, and its stack is noise.
 */
export class Trouble extends Error {
  /**
   * @param {string} message what went wrong, and what to do about it
   * @param {{ cause?: unknown, details?: string }} [more] `details`: output of a program, shown below the sentence
   */
  constructor(message, more = {}) {
    super(message, { cause: more.cause });
    this.name = 'Trouble';
    /** @type {string} */
    this.details = more.details ?? '';
  }
}

/**
 * Runs the main function of a script: its exit code, or a sentence and exit code 2.
 * @param {() => Promise<number | void>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    report(error);
    process.exitCode = 2;
  }
}

/**
 * Shows a failure: the sentence alone where it was written for the reader, the stack where only a bug explains it.
 * @param {unknown} error
 */
export function report(error) {
  if (error instanceof Trouble) {
    say(error.message);
    if (error.details.trim() !== '') {
      say(error.details.trimEnd().replace(/^/gm, '  '));
    }
    return;
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
