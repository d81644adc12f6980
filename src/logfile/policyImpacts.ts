import { Impact, type ChangeKind } from '../core/policy/impact/impact';
import type { Policy } from '../core/policy/policy';
import { pythonSearch } from '../core/policy/pythonSearch';
import { Histories, type History } from './histories';
import { figuresOf, type Extent, type ImpactFigures } from './impactFigures';
import { impactRows, type Compared, type ImpactRow } from './impactRows';
import type { LogSource } from './logSource';
import type { OpenLogs } from './openLogs';
import { PolicyTexts, type LoadedText } from './policyTexts';
import { StaleError } from './staleError';

export type { ImpactFigures } from './impactFigures';

/** The text of a policy as it was saved and as it is edited; `before` is null where only the decisions of `after` are of interest. */
export interface ImpactPolicies {
  readonly before: string | null;
  readonly after: string;
}

export type ImpactAnswer =
  | { readonly kind: 'figures'; readonly figures: ImpactFigures }
  /** The loader refuses one of the texts; of both, the edited one is told. `line` is counted from 1. */
  | { readonly kind: 'refused'; readonly side: 'before' | 'after'; readonly sentence: string; readonly line: number };

/** The actions behind a figure: those with a change, or those that a rule of `after` decides (its index, DEFAULTS or UNKNOWN). */
export type ImpactWanted = { readonly change: ChangeKind } | { readonly rule: number };

export interface ImpactEntries {
  readonly total: number;
  readonly rows: readonly ImpactRow[];
}

export interface ImpactTelling {
  readonly kind: 'impact';
  readonly id: number;
  readonly query: number;
  readonly figures: ImpactFigures;
}

/** Milliseconds of work between two pauses, in which whoever asks for a timeline has a turn; and between two tellings. */
const STEP_MS = 8;
const TELL_MS = 100;

/** Actions between two looks at the clock. */
const STEP = 32;

/** Answers that are kept for when the same is asked again, as where an edit is taken back: nine bytes an action each. */
const MOST_KEPT = 4;

/** What was asked, and the answer as far as it is known. */
interface Found extends Compared {
  readonly file: string;
  readonly policies: ImpactPolicies;
  readonly extent: Extent;
}

/** A question of somebody that is being answered. */
interface Turn {
  readonly end: (error: StaleError) => void;
  isOver: boolean;
}

/** What policies that are being edited make of recorded histories. */
export class PolicyImpacts {
  /** By who asks, what is known for the last question that was not refused. */
  private readonly latest = new Map<number, { readonly query: number; readonly found: Found }>();
  private readonly turns = new Map<number, Turn>();
  /** Those that are whole, the latest last. */
  private kept: Found[] = [];
  private readonly histories: Histories;
  private readonly texts = new PolicyTexts();

  constructor(
    private readonly logs: OpenLogs,
    private readonly pause: () => Promise<void>,
    private readonly tell: (telling: ImpactTelling) => void,
  ) {
    this.histories = new Histories(pause);
  }

  /**
   * Holds all actions of a log against a policy as it was and as it is, each at the time at which it was recorded.
   *
   * @param id of who asks; a later question of the same ends this one.
   * @param query number of the question, under which figures are told and entries can be asked for.
   * @throws StaleError at once where another question is asked meanwhile.
   */
  async ask(id: number, file: string, policies: ImpactPolicies, query: number): Promise<ImpactAnswer> {
    const { turn, over } = this.begin(id);
    const checkIsWanted = (): void => {
      if (turn.isOver) throw stale();
    };
    const pause = async (): Promise<void> => {
      await this.pause();
      checkIsWanted();
    };
    const answer = this.logs.use(file, async (source) => {
      checkIsWanted();
      const compared = await this.compare(file, source, policies, pause);
      if ('kind' in compared) return compared;
      this.latest.set(id, { query, found: compared });
      const tell = (figures: ImpactFigures): void => this.tell({ kind: 'impact', id, query, figures });
      return { kind: 'figures' as const, figures: await this.goThrough(compared, pause, tell) };
    });
    return await Promise.race([answer, over]);
  }

  /** What is known of the question; a new one begins with nothing. */
  private async compare(
    file: string,
    source: LogSource,
    policies: ImpactPolicies,
    pause: () => Promise<void>,
  ): Promise<Found | (ImpactAnswer & { kind: 'refused' })> {
    this.kept = this.kept.filter((each) => each.file !== file || each.source === source);
    const known = this.kept.find((each) => each.source === source && isSame(each.policies, policies));
    if (known !== undefined) return known;
    // Whoever types goes on typing: what was typed over meanwhile is not read at all.
    await pause();
    const after = this.texts.load(policies.after);
    if (after.kind === 'refused') return { ...after, side: 'after' };
    await pause();
    const before: LoadedText = policies.before === null ? after : this.texts.load(policies.before);
    if (before.kind === 'refused') return { ...before, side: 'before' };
    const history = await this.histories.of(file, source);
    await pause();
    return { file, policies, ...compared(before.policy, after.policy, history) };
  }

  private async goThrough(
    found: Found,
    pause: () => Promise<void>,
    tell: (figures: ImpactFigures) => void,
  ): Promise<ImpactFigures> {
    const { impact, actions, extent, source } = found;
    let [paused, told] = [performance.now(), performance.now()];
    try {
      while (impact.advance(STEP)) {
        const now = performance.now();
        if (now - paused < STEP_MS) continue;
        if (now - told >= TELL_MS) {
          tell(figuresOf(impact, extent, source));
          told = now;
        }
        await pause();
        paused = performance.now();
      }
    } finally {
      actions.close();
    }
    // A log that was closed meanwhile is not kept.
    if (this.isLatest(found)) this.kept = [...this.kept.filter((each) => each !== found), found].slice(-MOST_KEPT);
    return figuresOf(impact, extent, source);
  }

  /**
   * The actions behind a figure, the newest first, from the `from`-th to before the `to`-th; of those that were gone through so far.
   *
   * @throws StaleError where another question was asked since, or the log was read again.
   */
  async entries(id: number, query: number, wanted: ImpactWanted, from: number, to: number): Promise<ImpactEntries> {
    const { found } = this.known(id, query);
    return await this.logs.use(found.file, async (source) => {
      if (source !== found.source) throw new StaleError('The log was read again: ask anew.');
      const pause = async (): Promise<void> => {
        await this.pause();
        this.known(id, query);
      };
      try {
        const behind = 'change' in wanted ? wanted : { side: 'after' as const, rule: wanted.rule };
        const { total, positions } = found.impact.newest(behind, from, to);
        return { total, rows: await impactRows(found, positions, pause) };
      } finally {
        found.actions.close();
      }
    });
  }

  /** Nobody asks under this id any more: a question that is being answered ends. */
  drop(id: number): void {
    this.turns.get(id)?.end(stale());
    this.turns.delete(id);
    this.latest.delete(id);
  }

  /** A log is closed: nothing of it is kept. */
  forget(file: string): void {
    this.histories.forget(file);
    this.kept = this.kept.filter((each) => each.file !== file);
    for (const [id, { found }] of this.latest) if (found.file === file) this.latest.delete(id);
  }

  private isLatest(found: Found): boolean {
    return [...this.latest.values()].some((latest) => latest.found === found);
  }

  private known(id: number, query: number): { readonly found: Found } {
    const latest = this.latest.get(id);
    if (latest?.query !== query) throw stale();
    return latest;
  }

  /** @returns what fails as soon as somebody else has the turn. */
  private begin(id: number): { readonly turn: Turn; readonly over: Promise<never> } {
    this.turns.get(id)?.end(stale());
    const { promise, reject } = withReject();
    const turn: Turn = {
      isOver: false,
      end: (error) => {
        turn.isOver = true;
        reject(error);
      },
    };
    this.turns.set(id, turn);
    return { turn, over: promise };
  }
}

function compared(
  before: Policy,
  after: Policy,
  { source, actions, answers, extent }: History,
): Omit<Found, 'file' | 'policies'> {
  const impact = new Impact(before, after, actions, pythonSearch(), answers);
  return { source, before, after, actions, impact, extent };
}

function withReject(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, fail) => (reject = fail));
  return { promise, reject };
}

function stale(): StaleError {
  return new StaleError('Another text of the policy was asked about.');
}

function isSame(one: ImpactPolicies, other: ImpactPolicies): boolean {
  return one.before === other.before && one.after === other.after;
}
