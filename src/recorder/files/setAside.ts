import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AppendFile } from './appendFile';
import { syncFolder } from './appendFile';

/** What was cut off a file, and where it is now. */
export interface SetAside {
  /** The name of the file beside the one that it was cut off. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** More than a torn line could be found in practice; far more is still copied in pieces. */
const PIECE = 1 << 20;

/**
 * Cuts off what stands behind `size`: only after a copy of it is on the disk, in a file of its own beside it.
 */
export function setAside(from: AppendFile, size: number): SetAside {
  const end = from.size;
  const folder = path.dirname(from.file);
  const { name, descriptor } = newFile(folder, `${path.basename(from.file)}.cut-at-${size}`);
  const hash = crypto.createHash('sha256');
  try {
    for (let at = size; at < end; at += PIECE) {
      const piece = from.read(at, Math.min(end, at + PIECE));
      hash.update(piece);
      fs.writeFileSync(descriptor, piece);
    }
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  syncFolder(folder);
  from.cut(size);
  return { file: name, bytes: end - size, sha256: hash.digest('hex') };
}

function newFile(folder: string, base: string): { name: string; descriptor: number } {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    try {
      return { name, descriptor: fs.openSync(path.join(folder, name), 'wx') };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
