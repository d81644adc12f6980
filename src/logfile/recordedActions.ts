import type { EntryContent } from '../core/log/filter/filter';
import { membersOf, readString } from '../core/log/jsonMembers';
import type { Column } from '../core/log/entryIndex';
import type {
  NumberedTexts,
  RecordedAction,
  RecordedActions,
  RecordedContent,
} from '../core/policy/impact/recordedAction';
import { RecordedParams } from '../core/policy/impact/recordedParams';
import type { MatchPart } from '../core/policy/policy';
import type { ContentReader, LogSource } from './logSource';

/** The actions of a log, to be held against policies. What the log does not have of them is left out, and not made up. */
export class LoggedActions implements RecordedActions {
  private reader: ContentReader | undefined;
  private last = -1;
  /** What was asked for before: while a policy is edited the same is asked again and again. */
  private readonly kept = new Map<number, RecordedContent>();
  private keptCharacters = 0;
  readonly texts: Readonly<Record<MatchPart, NumberedTexts>>;

  private constructor(
    private readonly source: LogSource,
    /** Their entries' positions in the index. */
    private readonly positions: Uint32Array,
    /** In the log; an action can have more than one. */
    readonly entries: number,
  ) {
    const { columns } = source.index;
    const textsOf = (column: Column): NumberedTexts => ({
      count: column.dictionary.values.length,
      numberAt: (action) => column.ids[positions[action]],
      textOf: (number) => column.dictionary.values[number] ?? null,
    });
    this.texts = { type: textsOf(columns.type), target: textsOf(columns.target), agent: textsOf(columns.agent) };
  }

  /**
   * @param session only those of this session.
   * @param pause called now and then: lets others have their turn.
   */
  static async of(source: LogSource, session: string | undefined, pause: () => Promise<void>): Promise<LoggedActions> {
    const { index } = source;
    // A log that grows meanwhile has its further entries in another reading.
    const end = index.size;
    const positions = new Uint32Array(end);
    let size = 0;
    const contents = source.kind === 'chain' ? source.contents() : undefined;
    try {
      for (let position = 0; position < end; position++) {
        if (position % (contents === undefined ? CHUNK : CHUNK_OF_CONTENTS) === 0) await pause();
        if (session !== undefined && index.text(position, 'session') !== session) continue;
        if (contents !== undefined && isOutcome(contents.at(position))) continue;
        positions[size++] = position;
      }
    } finally {
      contents?.close();
    }
    return new LoggedActions(source, positions.subarray(0, size), end);
  }

  get size(): number {
    return this.positions.length;
  }

  /** The entry's position in the log's index. */
  positionOf(action: number): number {
    return this.positions[action];
  }

  at(action: number): RecordedAction {
    const { index } = this.source;
    const position = this.positions[action];
    return {
      type: index.text(position, 'type'),
      target: index.text(position, 'target'),
      agent: index.text(position, 'agent'),
      clock: index.times[position],
      content: () => this.content(position),
    };
  }

  close(): void {
    this.reader?.close();
    this.reader = undefined;
    this.last = -1;
  }

  private content(position: number): RecordedContent {
    const known = this.kept.get(position);
    if (known !== undefined) return known;
    const { params, description } = this.read(position);
    const text = this.source.kind === 'chain' ? besides(params, 'action_params') : params;
    const content = {
      params: text === null ? undefined : RecordedParams.of(text),
      description: description ?? (this.knowsDescription ? '' : undefined),
    };
    this.keptCharacters += PER_CONTENT + (text?.length ?? 0) + (description?.length ?? 0);
    if (this.keptCharacters <= MOST_KEPT) this.kept.set(position, content);
    return content;
  }

  private read(position: number): EntryContent {
    // A reader only goes forward.
    if (position <= this.last) this.close();
    this.reader ??= this.source.contents();
    this.last = position;
    return this.reader.at(position);
  }

  /** Where a log has the column, nothing in it means that there was none. */
  private get knowsDescription(): boolean {
    return this.source.kind !== 'chain' && !this.source.lacking.includes('action_desc');
  }
}

/** Entries between two pauses: a few milliseconds, where they are looked up in the index, and where each is read. */
const CHUNK = 8192;
const CHUNK_OF_CONTENTS = 256;

/** Characters of contents that are kept, and what each takes besides: about 100 MB. */
const MOST_KEPT = 30_000_000;
const PER_CONTENT = 200;

/** An action that was attempted has a second entry in a chain, which says how it ended. */
function isOutcome({ params: metadata }: EntryContent): boolean {
  return besides(metadata, 'phase') === 'outcome';
}

/** What a chain's entry has in its metadata: a text, or other JSON as it is written. */
function besides(metadata: string | null, name: string): string | null {
  const value = membersOf(metadata ?? '')?.findLast((member) => member.name === name)?.value;
  if (value === undefined || value === 'null') return null;
  return readString(value) ?? value;
}
