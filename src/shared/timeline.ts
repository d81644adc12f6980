import * as v from 'valibot';

/**
 * What the timeline's page and its host say to each other. Each message is checked on arrival on both sides: a log is hostile,
 * and so is whatever a fault in one of the two might send. Texts are as recorded; who draws them makes them visible.
 */

/** A row's id, or a line's number in its file, in decimal: what an entry is known by. */
const key = v.pipe(v.string(), v.regex(/^-?\d{1,20}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();
const textOrNothing = v.nullable(v.string());
const time = v.nullable(v.number());

/** The IANA name of a time zone. Which of them there are each end knows for itself. */
export const timeZone = v.pipe(v.string(), v.maxLength(64), v.regex(/^[A-Za-z0-9_+\-/]+$/));

/** What of a source or a session is to be shown, and how. */
export const viewSpec = v.object({
  /** In the filter language of core/log/filter. */
  filter: text,
  group: v.picklist(['none', 'agent']),
  /** Ids of the groups that are closed. */
  closed: v.array(text),
  histogram: v.picklist(['decision', 'risk']),
});
export type ViewSpec = v.InferOutput<typeof viewSpec>;

/** What the page remembers over a reload and a move of its tab. */
export const pageState = v.object({
  /** The source's address, and the session where the page is of one. */
  source: text,
  session: v.optional(text),
  spec: viewSpec,
  zone: v.picklist(['local', 'utc']),
  selected: v.optional(key),
  live: v.boolean(),
  /** The row at the upper edge of the list. */
  top: v.optional(count),
  /** Width of the detail, in parts of the whole. */
  split: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(0.9))),
});
export type PageState = v.InferOutput<typeof pageState>;

/**
 * What is known of how an action ended: the status that was recorded; `other` where that is a word that the format does not have. Where
 * none was recorded it is `open`, or `block` where the policy decided to block it; an `attempt` where an entry of its own says how it ended.
 */
export const outcome = v.picklist([
  'success',
  'failed',
  'blocked',
  'denied',
  'skipped',
  'other',
  'open',
  'block',
  'attempt',
]);
export type Outcome = v.InferOutput<typeof outcome>;

/** An entry, as far as a list shows it; long texts are cut, which `cut` says. */
export const entryRow = v.object({
  kind: v.literal('entry'),
  key,
  /** As recorded. */
  timestamp: text,
  /** The same in milliseconds since 1970, with their fraction; null where it is no time. */
  at: time,
  session: textOrNothing,
  type: text,
  target: text,
  risk: text,
  approval: text,
  status: textOrNothing,
  outcome,
  rule: textOrNothing,
  human: textOrNothing,
  agent: textOrNothing,
  depth: v.nullable(v.number()),
  cut: v.boolean(),
});
export type EntryRow = v.InferOutput<typeof entryRow>;

/** The head of a group of entries. */
export const groupRow = v.object({
  kind: v.literal('group'),
  id: text,
  /** The agent's name; null where none was recorded. */
  agent: textOrNothing,
  /** How deep in the chain of delegation: 0 for who began it. */
  depth: count,
  /** Who delegated to it, where that is one agent. */
  parent: textOrNothing,
  count,
  closed: v.boolean(),
});
export type GroupRow = v.InferOutput<typeof groupRow>;

/** Rows that were deleted from the database, told by ids that are missing: they stood before the entry `before`. */
export const gapRow = v.object({
  kind: v.literal('gap'),
  count,
  /** First and last missing id, in decimal. */
  from: text,
  to: text,
});
export type GapRow = v.InferOutput<typeof gapRow>;

export const listRow = v.variant('kind', [entryRow, groupRow, gapRow]);
export type ListRow = v.InferOutput<typeof listRow>;

/** Entries over time, counted by what decided or by risk. */
export const histogram = v.object({
  /** Names of the series, in the order in which they are stacked. */
  series: v.array(text),
  /** When the first bin begins and how long each is, in milliseconds. */
  from: v.number(),
  step: v.number(),
  /** `bins[i][s]`: how many entries of series `s` are in bin `i`. */
  bins: v.array(v.array(count)),
  /** Entries whose timestamp is no time: they are in no bin. */
  timeless: count,
  /** The part of it that the filter's `time:` keeps, in milliseconds. */
  selected: v.nullable(v.object({ from: time, to: time })),
});
export type Histogram = v.InferOutput<typeof histogram>;

/** A value as recorded: what it was in the log, and a text of it. */
export const fieldValue = v.variant('kind', [
  /** The log has the field, and nothing in it. */
  v.object({ kind: v.literal('null') }),
  /** This kind or age of log has no such field. */
  v.object({ kind: v.literal('absent') }),
  v.object({ kind: v.literal('number'), text }),
  v.object({
    kind: v.literal('text'),
    text,
    /** Characters in all; more than `text` has where it was cut. */
    length: count,
    /** It was not valid UTF-8: what could not be read stands as U+FFFD. */
    damaged: v.boolean(),
  }),
  /** Bytes, the first of them in hexadecimal. */
  v.object({ kind: v.literal('bytes'), text, length: count }),
]);
export type FieldValue = v.InferOutput<typeof fieldValue>;

/** A piece of JSON, with numbers as they were written. */
export interface JsonNode {
  /** Name of the member, or index in the list, that this is the value of. */
  readonly name: string | null;
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'literal';
  /** The value where it is no container; how many members it has, in words, where it is one. */
  readonly text: string;
  readonly children: readonly JsonNode[];
}
export const jsonNode: v.GenericSchema<JsonNode> = v.object({
  name: textOrNothing,
  kind: v.picklist(['object', 'array', 'string', 'number', 'literal']),
  text,
  children: v.array(v.lazy(() => jsonNode)),
});

/** What a page asks to be done with an entry. */
export const ENTRY_ACTIONS = [
  'openRule',
  'openChainLine',
  'openSource',
  'revealInTree',
  'copyJson',
  'copyLine',
  'copyAction',
] as const;
export type EntryAction = (typeof ENTRY_ACTIONS)[number];

export const entryDetail = v.object({
  key,
  row: entryRow,
  /** Every field of the entry, in the log's order, then those that this log does not have. */
  fields: v.array(v.object({ name: text, value: fieldValue })),
  /** Fields that hold JSON, as trees; `cut` where there was more of it than a page should draw. */
  trees: v.array(v.object({ name: text, root: jsonNode, cut: v.boolean() })),
  /** What is true of this entry beyond its fields: its place in a chain, deleted neighbours. One sentence each. */
  remarks: v.array(text),
  /** What can be done with it; all of it where this is left out. */
  actions: v.optional(v.array(v.picklist(ENTRY_ACTIONS))),
});
export type EntryDetail = v.InferOutput<typeof entryDetail>;

/** What stands over the list. */
export const sourceFacts = v.object({
  name: text,
  /** null: it could not be read, so that is not known. */
  kind: v.nullable(v.picklist(['database', 'lines', 'chain'])),
  session: textOrNothing,
  /** Actions of the source or the session; null where they could not be read. */
  total: v.nullable(count),
  from: time,
  to: time,
  /** It is being written to. */
  live: v.boolean(),
  /** What the person has to know of it: deleted rows, damage, what could not be read. One sentence each. */
  warnings: v.array(text),
  /** The verdict on a chain, where the source is one. */
  verdict: textOrNothing,
  /**
   * Why it cannot be read now, where that is so: nothing is to be asked of it then. The other facts are those of what the page shows,
   * which was read before. An empty file is nothing to be alarmed about.
   */
  unread: v.nullable(v.object({ message: text, isEmpty: v.boolean() })),
});
export type SourceFacts = v.InferOutput<typeof sourceFacts>;

export const filterProblem = v.object({
  message: text,
  /** The characters of the filter that it is about. */
  from: count,
  to: count,
});
export type FilterProblem = v.InferOutput<typeof filterProblem>;

export const completion = v.object({
  label: text,
  /** What it means, or how many entries have it. */
  detail: text,
  /** What takes the place of the characters `from` to `to` of the filter. */
  insert: text,
  from: count,
  to: count,
});
export type Completion = v.InferOutput<typeof completion>;

/** `query` numbers what the page asks: an answer to an older one is stale. */
export const fromPage = v.variant('type', [
  /** The page stands and waits for its source. */
  v.object({ type: v.literal('ready'), state: v.nullable(pageState) }),
  /**
   * Filter, group, count. `bins` is how many fit; `timeZone` is the zone by whose clock the filter's times are read and the bins begin.
   * Answered by `view`.
   */
  v.object({ type: v.literal('view'), query: count, spec: viewSpec, bins: v.pipe(count, v.maxValue(2000)), timeZone }),
  /** Rows of that view. Answered by `rows`. */
  v.object({ type: v.literal('rows'), query: count, from: count, to: count }),
  /** Where in that view an entry stands. Answered by `place`. */
  v.object({ type: v.literal('place'), query: count, key }),
  v.object({ type: v.literal('detail'), key }),
  /** A field in full, for `Show all`. Answered by `field`. */
  v.object({ type: v.literal('field'), key, name: text }),
  v.object({ type: v.literal('complete'), request: count, filter: text, cursor: count }),
  v.object({ type: v.literal('entry'), action: v.picklist(ENTRY_ACTIONS), key }),
  v.object({ type: v.literal('export') }),
  v.object({ type: v.literal('verify') }),
  /** What to remember. */
  v.object({ type: v.literal('state'), state: pageState }),
]);
export type FromPage = v.InferOutput<typeof fromPage>;

export const toPage = v.variant('type', [
  /** What the page is of: the answer to `ready`. */
  v.object({ type: v.literal('source'), state: pageState, facts: sourceFacts }),
  /** The source grew or changed: what is shown is to be asked for again. */
  v.object({ type: v.literal('changed'), facts: sourceFacts }),
  v.object({
    type: v.literal('view'),
    query: count,
    /** Rows of the list: entries, gaps and heads of groups. */
    rows: count,
    /** Entries that match, of so many. */
    matched: count,
    total: count,
    histogram,
    problem: v.nullable(filterProblem),
    /** The zone that was asked for, or UTC where the host does not know it. */
    timeZone,
    /** Part of the log that was searched, where that takes long: more such messages follow until it is 1. */
    searched: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
  v.object({ type: v.literal('rows'), query: count, from: count, rows: v.array(listRow) }),
  /** null: the entry is not in the view. */
  v.object({ type: v.literal('place'), query: count, key, index: v.nullable(count) }),
  v.object({ type: v.literal('detail'), detail: entryDetail }),
  /** The answer to `detail` where the log does not have that entry any more. */
  v.object({ type: v.literal('gone'), key }),
  v.object({ type: v.literal('field'), key, name: text, value: fieldValue }),
  v.object({ type: v.literal('completions'), request: count, items: v.array(completion) }),
  /** Select this entry, and show it. */
  v.object({ type: v.literal('select'), key }),
  /** Somebody came here by a command: the keys are the list's. */
  v.object({ type: v.literal('focus') }),
  /** What was asked cannot be done: a sentence. */
  v.object({ type: v.literal('failed'), message: text }),
]);
export type ToPage = v.InferOutput<typeof toPage>;
