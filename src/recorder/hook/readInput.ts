/** Of a payload: what a tool writes in one call is far below it, and a process that holds more takes memory from the agent. */
export const MOST_BYTES = 64 << 20;
/** Agents write it at once. */
const PATIENCE = 5_000;

/** A payload did not come, not whole, or was too large. The message is a sentence. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    message: string,
    /** Whether there was more than is read: then it may have been anything. */
    readonly isTooLarge: boolean,
  ) {
    super(message);
  }
}

/**
 * All that comes, as UTF-8.
 *
 * @param stream not one that reads a pipe on another thread, as `fs.createReadStream` does: a process cannot end while that waits.
 * @throws InputError
 */
export async function readInput(
  stream: NodeJS.ReadStream = process.stdin,
  mostBytes = MOST_BYTES,
  patience = PATIENCE,
): Promise<string> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const message = `The agent did not send the whole call within ${patience / 1000} s.`;
    late = setTimeout(() => reject(new InputError(message, false)), patience);
  });
  try {
    return await Promise.race([collect(stream, mostBytes), tooLate]);
  } finally {
    clearTimeout(late);
    stream.destroy();
  }
}

async function collect(stream: NodeJS.ReadStream, mostBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size > mostBytes)
        throw new InputError(`The agent sent a call of more than ${mostBytes / (1 << 20)} MB.`, true);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `The call could not be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
      false,
    );
  }
  return Buffer.concat(parts).toString('utf8');
}
