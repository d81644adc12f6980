import * as fs from 'node:fs';
import * as path from 'node:path';
import { ALGORITHMS, GENESIS_HASH, type Hashes } from '../../core/chain/hash';
import { MEMBERS, type JsonValue } from '../../core/chain/entry';
import { happeningOf } from '../../core/record/trailEntry';
import { readJsonValue } from '../../core/policy/jsonValue';
import type { ChainEnd, ChainHead, WrittenEnd } from '../chain/chainHead';
import { countEntries, endOfChain, examineChain, standingEnd, type Examination } from '../chain/examineChain';
import { headMembers, ownEntry, type Rotated } from '../chain/ownEntries';
import type { RecordDatabase } from '../database/recordDatabase';
import type { AppendFile } from '../files/appendFile';
import { setAside, type SetAside } from '../files/setAside';
import { putAway } from '../jsonLines/putAway';
import { idsOf, meetJsonLines, type JsonLinesMeeting } from '../jsonLines/meetJsonLines';
import type { OpenTrail } from './openTrail';
import { Staged } from './staged';
import { at, type TrailSettings } from './trailParts';

/** How a trail stands at the beginning of a turn. */
export interface Meeting {
  readonly entries: number;
  readonly end: ChainEnd | undefined;
  /** What has to be written first: rows and lines that a process did not come to, and an entry that says so. */
  readonly mending: Staged | undefined;
}

/** Hashes that an entry names one by one; they are linked, so that the last stands for all of them. */
const MOST_NAMED = 1000;

/**
 * Holds the files of a trail against the head of its last commit, and puts them in order where they do not stand as they were left.
 * What a crash leaves is completed; what no crash can have done is not, and is said in the chain.
 *
 * @param written what this process wrote to the chain last.
 * @throws RecordError
 */
export function meetTrail(
  open: OpenTrail,
  settings: TrailSettings,
  hashes: Hashes,
  written: WrittenEnd | undefined,
): Meeting {
  const { database, chain, jsonLines } = open;
  const head = database && at('database', database.file, () => headOf(database, open));
  const standing = head?.chain && chain && at('chain', chain.file, () => endAt(chain, head.chain!, settings, written));
  if (standing !== undefined && (jsonLines === undefined || jsonLines.size === head?.jsonLines))
    return { entries: head!.chain!.entries, end: standing.end, mending: undefined };
  const staged = new Staged(settings, database, undefined);
  if (chain === undefined) {
    if (jsonLines !== undefined)
      at('json lines', jsonLines.file, () => {
        const { lostBytes } = meetJsonLines(jsonLines, head?.jsonLines);
        if (lostBytes > 0 && database !== undefined) writeRowsAgain(jsonLines, database, staged);
      });
    return { entries: 0, end: undefined, mending: staged.endedRows.length > 0 ? staged : undefined };
  }
  return at('chain', chain.file, () => new Mending(open, chain, settings, head, staged, hashes).done());
}

function endAt(
  chain: AppendFile,
  head: ChainHead,
  { hash }: TrailSettings,
  written: WrittenEnd | undefined,
): { readonly end: ChainEnd | undefined } | undefined {
  return written?.isAt(chain, head) === true ? written : standingEnd(chain, head, hash);
}

/** Without a chain the rows are all that tells of the lines that are gone. */
function writeRowsAgain(jsonLines: AppendFile, database: RecordDatabase, staged: Staged): void {
  const there = idsOf(jsonLines);
  for (const row of database.endedRows()) if (!there.has(row)) staged.line(row);
}

/** Where the files stood at the last commit, as far as that is known. */
interface Head {
  readonly chain: ChainHead | undefined;
  readonly jsonLines: number | undefined;
}

function headOf(database: RecordDatabase, { chain, jsonLines }: OpenTrail): Head {
  return {
    chain: chain && database.chainHead(chain.file),
    jsonLines: jsonLines && database.jsonLinesHead(jsonLines.file),
  };
}

class Mending {
  private rows = 0;
  private rewritten = 0;

  constructor(
    private readonly open: OpenTrail,
    private readonly chain: AppendFile,
    private readonly settings: TrailSettings,
    private readonly head: Head | undefined,
    private readonly staged: Staged,
    private readonly hashes: Hashes,
  ) {}

  done(): Meeting {
    const { chain, head, staged, settings } = this;
    if (!isOfChain(chain, settings))
      throw new Error('it holds something else: none of its lines is an entry of a chain. Give another file');
    const examination = this.examine();
    const cut = this.endOrCut(examination);
    const end = endOfChain(chain, settings.hash);
    this.refuseOtherAlgorithm(examination, end);
    staged.end = end;
    const { problem } = examination;
    const entries = examination.entries ?? countEntries(chain);
    if (problem !== undefined) {
      const found = { bytes: chain.size, last_hash: end?.entry_hash ?? GENESIS_HASH };
      this.own('aegis.break_found', { problem, expected: head?.chain && headMembers(head.chain), found });
    }
    const json = this.meetJsonLines(examination);
    if (
      this.rows > 0 ||
      cut !== undefined ||
      examination.torn !== undefined ||
      json?.aside !== undefined ||
      this.rewritten > 0
    )
      this.own('aegis.recovered', {
        rows: this.rows,
        entries: examination.hashes.length,
        hashes: examination.hashes.slice(-MOST_NAMED),
        line_end_added: examination.torn?.isEntry === true ? true : undefined,
        cut_off: cut && asideMembers(cut),
        json_lines_cut_off: json?.aside && asideMembers(json.aside),
        json_lines_lost_bytes: json !== undefined && json.lostBytes > 0 ? json.lostBytes : undefined,
        json_lines_written_again: this.rewritten > 0 ? this.rewritten : undefined,
      });
    return { entries, end, mending: staged.entries > 0 ? staged : undefined };
  }

  private examine(): Examination {
    const { chain, head, settings, open, staged } = this;
    if (open.database === undefined) {
      const torn = tornEnd(chain, settings);
      const problem = brokenEnd(chain, settings, torn);
      return { entries: problem === undefined ? 0 : undefined, hashes: [], problem, torn, rotation: undefined };
    }
    // Lines of before the database may be of rows that it cannot know.
    const withLines = head?.chain !== undefined || open.jsonLines?.size === 0;
    return examineChain(chain, head?.chain, settings.hash, (entry, putAway) => {
      const happening = happeningOf(entry);
      // Lines that were put away are still there.
      if (happening !== undefined && staged.row(happening, withLines && putAway === undefined)) this.rows++;
    });
  }

  private own(
    type: 'aegis.recovered' | 'aegis.break_found',
    metadata: Readonly<Record<string, JsonValue | undefined>>,
  ): void {
    this.staged.entry(ownEntry(type, path.basename(this.chain.file), this.settings.now(), metadata));
  }

  /** An entry that only lacks its line end gets it; anything else that is torn is kept beside the chain. */
  private endOrCut({ torn }: Examination): SetAside | undefined {
    if (torn === undefined) return undefined;
    if (!torn.isEntry) return setAside(this.chain, torn.start);
    this.chain.append(Buffer.from('\n'));
    return undefined;
  }

  private refuseOtherAlgorithm({ problem }: Examination, end: ReturnType<typeof endOfChain>): void {
    if (problem === undefined || end === undefined || end.isIntact) return;
    const other = ALGORITHMS.find((name) => name !== this.settings.algorithm)!;
    if (endOfChain(this.chain, this.hashes[other])?.isIntact === true)
      throw new Error(`its entries are hashed with ${other}, and the recorder is set to ${this.settings.algorithm}`);
  }

  private meetJsonLines({ rotation }: Examination): JsonLinesMeeting | undefined {
    const { open } = this;
    if (open.jsonLines === undefined) return undefined;
    return at('json lines', open.jsonLines.file, () => {
      const isNew = rotation !== undefined && wasPutAway(open, rotation);
      const { jsonLines } = open as { jsonLines: AppendFile };
      const expected = isNew ? 0 : this.head?.jsonLines;
      const met = meetJsonLines(jsonLines, expected);
      if (met.lostBytes > 0) this.writeAgain(jsonLines);
      return met;
    });
  }

  /** The lines of all actions of this chain that have ended and are not there. */
  private writeAgain(jsonLines: AppendFile): void {
    const { staged, open } = this;
    const there = idsOf(jsonLines);
    for (const row of staged.endedRows) there.add(row);
    for (const { bytes } of this.chain.lines(0)) {
      const reading = readJsonValue(Buffer.from(bytes).toString('utf8'));
      const happening = 'value' in reading ? happeningOf(reading.value) : undefined;
      if (happening === undefined || happening.phase === 'attempt') continue;
      const row = open.database?.endedRow(happening.action.action_id);
      if (row === undefined || there.has(row)) continue;
      there.add(row);
      staged.line(row);
      this.rewritten++;
    }
  }
}

/** Whether the JSON lines are new ones. The chain is put away first, and says how they will be called: what is left to do is done. */
function wasPutAway(open: OpenTrail, { jsonLines: said }: Rotated): boolean {
  const jsonLines = open.jsonLines!;
  if (said === undefined) return jsonLines.size === 0;
  const archive = path.join(path.dirname(jsonLines.file), path.basename(said.file));
  if (fs.existsSync(archive)) return true;
  if (jsonLines.size === said.bytes) open.jsonLines = putAway(jsonLines, archive);
  return open.jsonLines!.size === 0;
}

/** A file without any entry is only taken for a chain where it is empty, or holds the torn beginning of a first one. */
function isOfChain(chain: AppendFile, settings: TrailSettings): boolean {
  if (chain.size === 0 || endOfChain(chain, settings.hash) !== undefined) return true;
  const last = chain.lastLine()!;
  if (last.isTerminated || last.start > 0) return false;
  const text = Buffer.from(last.bytes.subarray(0, ENTRY_START.length)).toString('latin1');
  return ENTRY_START.startsWith(text) || text.startsWith(ENTRY_START);
}

const ENTRY_START = `{"${MEMBERS[0]}": `;

function tornEnd(chain: AppendFile, settings: TrailSettings): Examination['torn'] {
  const last = chain.lastLine();
  if (last === undefined || last.isTerminated) return undefined;
  return { start: last.start, isEntry: endOfChain(chain, settings.hash)?.isIntact === true };
}

/** Without a database there is no head: all that can be said is whether the last line holds. */
function brokenEnd(chain: AppendFile, settings: TrailSettings, torn: Examination['torn']): string | undefined {
  if (torn !== undefined) return undefined;
  const end = endOfChain(chain, settings.hash);
  return end === undefined || end.isIntact
    ? undefined
    : 'the last entry does not have the hash that it states, or is none';
}

function asideMembers({ file, bytes, sha256 }: SetAside): Readonly<Record<string, JsonValue>> {
  return { file, bytes, sha256 };
}
