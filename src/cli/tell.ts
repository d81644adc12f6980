import { visible } from '../core/text/visible';

/** Says something on stderr, in one line. Text that came with an argument or out of a file does nothing there. */
export function tell(message: string): void {
  process.stderr.write(`aegis: ${visible(message, 2000)}\n`);
}
