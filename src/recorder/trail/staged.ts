import { appendEntry } from '../../core/chain/append';
import type { ChainEntry, EntryContent } from '../../core/chain/entry';
import { actionAsRecorded, rowOf, type AuditRow } from '../../core/record/auditRow';
import { contentOf, type Happening } from '../../core/record/trailEntry';
import { WrittenEnd, type ChainEnd } from '../chain/chainHead';
import type { RecordDatabase } from '../database/recordDatabase';
import type { OpenAttempt } from '../database/remembered';
import { RecordedAlready } from '../errors';
import { lineOfAuditRow, lineOfRow } from '../jsonLines/rowText';
import { ToldCalls } from './toldCalls';
import type { TrailSettings } from './trailParts';

/** Far below what a text can be, and more than a disk takes at once. */
const LARGE = 1 << 25;

/** What is to be written in one go: lines of the chain, rows (in a transaction that is not committed yet), JSON lines. */
export class Staged {
  private readonly chainLines: string[] = [];
  private readonly jsonLines: string[] = [];
  /** The rows that these JSON lines are of, where there is a database. */
  readonly endedRows: number[] = [];
  /** UTF-16 units of all lines. */
  private characters = 0;
  private ended = 0;
  private stopped = 0;

  constructor(
    private readonly settings: TrailSettings,
    private readonly database: RecordDatabase | undefined,
    /** The entry that the next one follows on. */
    public end: ChainEnd | undefined,
  ) {}

  get entries(): number {
    return this.chainLines.length;
  }

  /** The last of its entries, where it has any. */
  get writtenEnd(): WrittenEnd | undefined {
    const line = this.chainLines.at(-1);
    return line === undefined ? undefined : new WrittenEnd(this.end!, line);
  }

  get chainBytes(): Uint8Array {
    return Buffer.from(`${this.chainLines.join('\n')}\n`);
  }

  get jsonBytes(): Uint8Array {
    return Buffer.from(this.jsonLines.join(''));
  }

  /** Of which others tell, who may tell them again. */
  get calls(): ToldCalls {
    return new ToldCalls(this.database, (happening) => this.happening(happening));
  }

  /** Whether there is more of it than should be held in memory for one turn. */
  get isLarge(): boolean {
    return this.characters > LARGE;
  }

  /** @throws TypeError with a sentence where the content holds what an entry cannot. */
  entry(content: EntryContent): ChainEntry {
    const { entry, line } = appendEntry(this.end, content, this.settings.hash);
    this.end = entry;
    this.chainLines.push(line);
    this.characters += line.length;
    return entry;
  }

  /**
   * @returns its entry, where there is a chain.
   * @throws TypeError with a sentence where it cannot be: nothing of it is staged then.
   */
  happening(told: Happening): ChainEntry | undefined {
    const open = this.openAttempt(told);
    const { action } = told;
    const happening =
      open === undefined || open.action === action ? told : { ...told, action: actionAsRecorded(action, open.row) };
    const entry = this.settings.chain === undefined ? undefined : this.entry(contentOf(happening));
    this.write(happening, open, 'told', true);
    return entry;
  }

  /** An action begins once and ends once; the process in which it ends need not be that in which it began. */
  private openAttempt({ phase, action }: Happening): OpenAttempt | undefined {
    const { database } = this;
    if (database === undefined) return undefined;
    const { action_id } = action;
    if (phase === 'outcome') {
      const open = database.openAttempt(action_id);
      if (open !== undefined) return open;
      throw new TypeError(
        `The action ${action_id} has no attempt without an outcome that this could be the outcome of.`,
      );
    }
    if (database.knows(action_id)) throw new RecordedAlready(action_id);
    return undefined;
  }

  /**
   * The row alone: of an entry that stands in the chain already.
   *
   * @param withLine whether it gets its JSON line.
   * @returns whether there was anything to write.
   */
  row(happening: Happening, withLine: boolean): boolean {
    const { database } = this;
    const { action_id } = happening.action;
    const open = happening.phase === 'outcome' ? database?.openAttempt(action_id) : undefined;
    if (open === undefined && database?.knows(action_id) === true) return false;
    this.write(happening, open, 'read', withLine);
    return true;
  }

  /**
   * @param open the attempt that has ended; undefined where a row is to be made.
   * @param source `told` by a program, and clean; or `read` from the chain, where somebody else can have written what SQLite does not keep
   *   as it is, so that its line is made of what it gives back.
   */
  private write(happening: Happening, open: OpenAttempt | undefined, source: 'told' | 'read', withLine: boolean): void {
    const { database } = this;
    const { action } = happening;
    const isTold = source === 'told';
    if (happening.phase === 'attempt') {
      database?.insert(action.action_id, rowOf(action), isTold ? action : undefined);
      return;
    }
    const { outcome } = happening;
    if (database === undefined) {
      if (withLine) this.pushJson(lineOfAuditRow(rowOf(action, outcome), undefined));
      return;
    }
    const row = open === undefined ? rowOf(action, outcome) : database.complete(action.action_id, open, outcome);
    const rowId = open?.rowId ?? database.insert(action.action_id, row);
    this.ended++;
    const { result_status } = outcome;
    if (action.approval === 'block' || result_status === 'blocked' || result_status === 'denied') this.stopped++;
    if (!withLine) return;
    // (An attempt that was read may be somebody else's.)
    if (isTold && (open === undefined || open.action !== undefined) && database.keepsRows) this.knownLine(rowId, row);
    else this.line(rowId);
  }

  private knownLine(rowId: number, row: AuditRow): void {
    if (this.settings.jsonLines === undefined) return;
    this.pushJson(lineOfAuditRow(row, rowId));
    this.endedRows.push(rowId);
  }

  /** The JSON line of a row that has ended. */
  line(rowId: number): void {
    if (this.settings.jsonLines === undefined) return;
    const row = this.database?.row(rowId);
    if (row === undefined) return;
    this.pushJson(lineOfRow(row));
    this.endedRows.push(rowId);
  }

  private pushJson(line: string): void {
    this.jsonLines.push(line);
    this.characters += line.length;
  }

  /** What the reference counts of all actions that ended. */
  tally(): void {
    if (this.ended > 0) this.database?.countInTenure(this.settings.now(), this.ended, this.stopped);
    this.ended = this.stopped = 0;
  }
}
