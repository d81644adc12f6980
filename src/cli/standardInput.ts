import { UsageError } from './errors';

/** What is held in memory; a chain that is larger is verified from its file. */
const MOST_BYTES = 1 << 30;

/** All of standard input. @throws UsageError where it is a terminal, or larger than 1 GB. */
export async function readStandardInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY)
    throw new UsageError('-: standard input is the keyboard. Pipe a chain into aegis, or name its file.');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > MOST_BYTES)
      throw new UsageError('-: more than 1 GB came on standard input. Save it to a file and verify that.');
  }
  return Buffer.concat(parts);
}
