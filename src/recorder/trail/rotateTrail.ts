import * as fs from 'node:fs';
import * as path from 'node:path';
import { appendEntry } from '../../core/chain/append';
import { isoOfMicroseconds, microsecondsOf } from '../../core/log/timestamp';
import { countEntries } from '../chain/examineChain';
import { headMembers, ownEntry } from '../chain/ownEntries';
import { AppendFile, syncFolder } from '../files/appendFile';
import { putAway } from '../jsonLines/putAway';
import { at, type TrailSettings } from './trailParts';
import type { TrailTurn } from './trailTurn';

/** Where what was written so far is now. */
export interface Rotation {
  readonly chain: string;
  /** Undefined where there were none. */
  readonly jsonLines: string | undefined;
}

/**
 * Puts the chain and the JSON lines under another name and begins new ones. The new chain's first entry names the old one's last
 * head, so that the two can be verified as one.
 *
 * At every moment there is a chain under its name. A crash before the new one takes the old one's place leaves a file `….next` and
 * a second name of the old chain, of which the next rotation makes use; a crash after it is found by the next writer, to whom the new
 * chain's first entry names the head that it knows, and how the JSON lines are to be called.
 */
export async function rotateTrail(turn: TrailTurn, settings: TrailSettings): Promise<Rotation | undefined> {
  const { open } = turn;
  const old = open.chain;
  if (old === undefined || old.size === 0) return undefined;
  const now = settings.now();
  const jsonLines = open.jsonLines !== undefined && open.jsonLines.size > 0 ? open.jsonLines : undefined;
  syncOthers(turn, settings);
  const archive = secondName(old.file) ?? freeName(old.file, now);
  const jsonArchive = jsonLines && freeName(jsonLines.file, now);
  // Without a database nobody has counted.
  const head = open.database === undefined ? { ...turn.chainHead, entries: countEntries(old) } : turn.chainHead;
  const { entry, line } = appendEntry(
    undefined,
    ownEntry('aegis.rotated', path.basename(old.file), now, {
      previous_chain: { file: path.basename(archive), algorithm: settings.algorithm, ...headMembers(head) },
      previous_json_lines:
        jsonLines && jsonArchive ? { file: path.basename(jsonArchive), bytes: jsonLines.size } : undefined,
    }),
    settings.hash,
  );
  at('chain', old.file, () => {
    writeDurably(`${old.file}.next`, `${line}\n`);
    old.close();
    if (!fs.existsSync(archive)) linkOrCopy(old.file, archive);
    fs.renameSync(`${old.file}.next`, old.file);
    syncFolder(path.dirname(old.file));
    open.chain = AppendFile.open(old.file);
  });
  if (jsonLines !== undefined && jsonArchive !== undefined)
    open.jsonLines = at('json lines', jsonLines.file, () => putAway(jsonLines, jsonArchive));
  await turn.startOver(entry);
  return { chain: archive, jsonLines: jsonArchive };
}

/**
 * A loss of power can take back commits of the database and the end of the JSON lines. They are made again of the chain, but only of the
 * one that is there: what the old one tells of must be on the disk before it is put away.
 */
function syncOthers({ open }: TrailTurn, settings: TrailSettings): void {
  const { database, jsonLines } = open;
  if (jsonLines !== undefined) at('json lines', jsonLines.file, () => jsonLines.syncNow());
  if (database !== undefined) at('database', settings.database!, () => database.sync());
}

/** What a rotation that ended too early has named the chain: it has that name still, and needs no third. */
function secondName(file: string): string | undefined {
  const { dir, name, ext } = path.parse(file);
  const { nlink, ino, dev } = fs.statSync(file);
  if (nlink < 2) return undefined;
  const found = fs.readdirSync(path.resolve(dir)).find((other) => {
    if (!other.startsWith(`${name}.`) || !other.endsWith(ext)) return false;
    if (!STAMP.test(other.slice(name.length + 1, other.length - ext.length))) return false;
    const status = fs.statSync(path.join(dir, other), { throwIfNoEntry: false });
    return status?.ino === ino && status.dev === dev;
  });
  return found === undefined ? undefined : path.join(dir, found);
}

const STAMP = /^\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z$/;

/** `audit_chain.jsonl` becomes `audit_chain.2026-11-30T101500.123456Z.jsonl`, which sorts by time; what was put away at the same time
 * stands a microsecond later. */
function freeName(file: string, now: string): string {
  const { dir, name, ext } = path.parse(file);
  for (let time = microsecondsOf(now); ; time++) {
    const stamp = isoOfMicroseconds(time).slice(0, 19).replaceAll(':', '');
    const fraction = String(time % 1_000_000).padStart(6, '0');
    const free = path.join(dir, `${name}.${stamp}.${fraction}Z${ext}`);
    if (!fs.existsSync(free)) return free;
  }
}

function writeDurably(file: string, text: string): void {
  const descriptor = fs.openSync(file, 'w');
  try {
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** A second name for the same content; a copy where the file system knows no such thing. */
function linkOrCopy(file: string, archive: string): void {
  try {
    fs.linkSync(file, archive);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    try {
      fs.copyFileSync(file, archive, fs.constants.COPYFILE_EXCL);
      const descriptor = fs.openSync(archive, 'r+');
      fs.fsyncSync(descriptor);
      fs.closeSync(descriptor);
    } catch (failed) {
      // The old chain is still in its place: half a copy of it is no evidence of anything.
      fs.rmSync(archive, { force: true });
      throw failed;
    }
  }
}
