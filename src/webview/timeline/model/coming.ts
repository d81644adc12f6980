import type { Listing } from './listing';

/** Why rows are asked for: where the list stands afterwards depends on it. */
export type Reason =
  /** The page opened, or is of something else now. */
  | 'start'
  /** Another filter or grouping. */
  | 'filter'
  /** The log grew or changed. */
  | 'refresh'
  /** A group was opened or closed: what is above it stays. */
  | 'fold';

/** An entry in sight, and the row where it stands. */
export interface Anchor {
  readonly key: string;
  readonly index: number;
}

/** Rows that are to take the place of those that are shown: what was asked, and what came of it so far. */
export class Coming {
  listing: Listing | undefined;
  /** The entry whose place on the screen is kept. */
  anchor: Anchor | undefined;
  /** Where entries stand in the new rows: null where they do not, undefined while that is not answered. */
  private readonly places = new Map<string, number | null | undefined>();

  constructor(
    readonly query: number,
    readonly reason: Reason,
  ) {}

  /** Whether the cursor stays on what it is on. */
  get isSameView(): boolean {
    return this.reason === 'refresh' || this.reason === 'fold';
  }

  /** Entries whose places have to be known and were not asked for; they count as asked for from now on. */
  askPlaces(selected: string | undefined): string[] {
    const keys = [...new Set([selected, this.anchor?.key])].filter((key) => key !== undefined);
    const asked = keys.filter((key) => !this.places.has(key));
    for (const key of asked) this.places.set(key, undefined);
    return asked;
  }

  get isPlaced(): boolean {
    return ![...this.places.values()].includes(undefined);
  }

  setPlace(key: string, index: number | null): void {
    this.places.set(key, index);
  }

  placeOf(key: string | undefined): number | undefined {
    return key === undefined ? undefined : (this.places.get(key) ?? undefined);
  }

  /** How many rows further down the anchor stands than it did. */
  get shift(): number {
    const index = this.placeOf(this.anchor?.key);
    return this.anchor === undefined || index === undefined ? 0 : index - this.anchor.index;
  }
}
