import type { FromPage, ListRow } from '../../../shared/timeline';
import { Coming, type Anchor, type Reason } from './coming';
import { CursorWalk } from './cursorWalk';
import { Listing } from './listing';
import { clampTop, isInSight, topCentred, topShowing } from './scrolling';

export interface ListSurroundings {
  post(message: FromPage): void;
  selected(): string | undefined;
  select(key: string): void;
  /** Whether the end is to be followed where it is in sight. */
  isLive(): boolean;
  /** Where the list stood when the page was there before. */
  rememberedTop(): number | undefined;
  /** New rows are on the screen. */
  settled(): void;
  /** Whether the selected entry is in the list. */
  placed(isInList: boolean): void;
}

/** Rows loaded beyond those in sight, so that a step does not show them empty. */
const AROUND = 40;
/** Rows in sight before the list was measured. */
const GUESSED_ROWS = 40;

/** The list: its rows, its cursor, how far it is scrolled. Old rows stand until the new ones are here. */
export class ListModel {
  shown: Listing | undefined;
  /** Row at the upper edge, with its hidden part as a fraction. */
  top = 0;
  /** Rows in sight. */
  fits = 0;
  /** Row of the cursor, which may be the head of a group. */
  active = 0;
  private coming: Coming | undefined;
  /** The selected entry is to be brought into sight. */
  private isWanted = false;
  private readonly walk = new CursorWalk({
    row: (index) => this.row(index),
    load: (range) => this.load(range),
    arrive: (index, row) => this.arrive(index, row),
    count: () => this.count,
  });

  constructor(private readonly around: ListSurroundings) {}

  get count(): number {
    return this.shown?.count ?? 0;
  }

  get isAtEnd(): boolean {
    return this.top + this.fits >= this.count - 0.5;
  }

  get isFollowing(): boolean {
    return this.around.isLive() && this.isAtEnd;
  }

  /** Whether a question is under way whose rows are not on the screen yet. */
  get isWaiting(): boolean {
    return this.coming !== undefined;
  }

  row(index: number): ListRow | undefined {
    return this.shown?.row(index);
  }

  /** The page is of something else: nothing of what was shown is true of it. */
  forget(): void {
    this.shown = undefined;
    this.coming = undefined;
    this.walk.stop();
    this.top = 0;
    this.active = 0;
  }

  /** A query was sent whose rows are to take the place of those that are shown. */
  expect(query: number, reason: Reason): void {
    const { coming } = this;
    // A refresh of rows that are not here yet comes in their place.
    const isPart = coming !== undefined && !coming.isSameView && (reason === 'refresh' || reason === 'fold');
    this.coming = new Coming(query, isPart ? coming.reason : reason);
  }

  /** The query has no rows: its filter cannot be read. */
  refuse(query: number): void {
    if (this.coming?.query === query) this.coming = undefined;
  }

  answer(query: number, isGrouped: boolean, count: number, searched: number): void {
    const { coming, shown } = this;
    if (coming?.query === query) {
      if (coming.listing === undefined) coming.listing = new Listing(query, isGrouped, count, searched);
      else coming.listing.grow(count, searched);
      if (coming.reason === 'refresh') coming.anchor ??= this.anchor();
      this.settle();
    } else if (shown?.query === query) {
      const wasFollowing = this.isFollowing;
      shown.grow(count, searched);
      if (shown.isWhole) this.askPlace();
      this.scrollTo(wasFollowing ? count : this.top);
    }
  }

  rows(query: number, from: number, rows: readonly ListRow[]): void {
    if (this.shown?.query === query) this.shown.put(from, rows);
    if (this.coming?.query === query) this.coming.listing?.put(from, rows);
    this.settle();
    this.walk.goOn();
    this.load();
  }

  placed(query: number, key: string, index: number | null): void {
    if (this.coming?.query === query) {
      this.coming.setPlace(key, index);
      this.settle();
    } else if (this.shown?.query === query && key === this.around.selected()) {
      if (index !== null) this.active = index;
      if (this.isWanted && index !== null) this.scrollTo(this.topWith(index, this.top));
      this.isWanted = false;
      this.around.placed(index !== null);
    }
  }

  /** Brings the selected entry into sight as soon as its place is known. */
  showSelected(): void {
    this.isWanted = true;
    if (this.coming === undefined) this.askPlace();
    else this.settle();
  }

  /** What is under way will not come: what is shown stays. */
  giveUp(): void {
    this.coming = undefined;
    this.recover();
  }

  /** Answers that are due may not come. */
  recover(): void {
    this.shown?.forgetRequests();
    this.coming?.listing?.forgetRequests();
  }

  scrollTo(top: number): void {
    this.top = clampTop(top, this.count, this.fits);
    this.load();
    this.settle();
  }

  /** So many rows fit into the list now. */
  measured(fits: number): void {
    const wasFollowing = this.shown !== undefined && this.isFollowing;
    this.fits = fits;
    this.scrollTo(wasFollowing ? this.count : this.top);
  }

  /** The cursor goes to a row, which comes into sight; where it is an entry, that is selected. */
  moveTo(index: number): void {
    if (this.count === 0) return;
    this.active = Math.max(0, Math.min(this.count - 1, index));
    this.scrollTo(topShowing(this.active, this.top, this.fits));
    this.walk.start(this.active, 0);
  }

  /** To the next entry in that direction, over heads of groups and gaps. */
  step(direction: -1 | 1): void {
    const next = this.active + direction;
    if (next >= 0 && next < this.count) this.walk.start(next, direction);
  }

  private arrive(index: number, row: ListRow): void {
    this.active = index;
    this.scrollTo(topShowing(index, this.top, this.fits));
    if (row.kind === 'entry') this.around.select(row.key);
  }

  private load(range = this.rangeAt(this.top), listing = this.shown): void {
    if (listing === undefined) return;
    for (const wanted of listing.request(range)) this.around.post({ type: 'rows', query: listing.query, ...wanted });
  }

  private rangeAt(top: number): { from: number; to: number } {
    return { from: top - AROUND, to: top + (this.fits > 0 ? this.fits : GUESSED_ROWS) + AROUND };
  }

  private askPlace(): void {
    const key = this.around.selected();
    if (key !== undefined && this.shown !== undefined)
      this.around.post({ type: 'place', query: this.shown.query, key });
  }

  /** The selected entry where it is in sight, else the first one that is. */
  private anchor(): Anchor | undefined {
    const cursor = this.row(this.active);
    if (cursor?.kind === 'entry' && this.isOnSelected && this.isCursorInSight)
      return { key: cursor.key, index: this.active };
    for (let index = Math.ceil(this.top); index < this.top + this.fits; index++) {
      const row = this.row(index);
      if (row?.kind === 'entry') return { key: row.key, index };
    }
    return undefined;
  }

  /** Puts the new rows on the screen when all that is needed for it is here, and asks for what is not. */
  private settle(): void {
    const { coming } = this;
    const listing = coming?.listing;
    if (coming === undefined || listing === undefined) return;
    // While nothing is found yet, what is shown is better than an empty list.
    if (listing.count === 0 && !listing.isWhole) return;
    const selected = this.around.selected();
    for (const key of coming.askPlaces(selected)) this.around.post({ type: 'place', query: coming.query, key });
    if (!coming.isPlaced) return;

    const place = coming.placeOf(selected);
    const top = clampTop(this.topFor(coming, listing, place), listing.count, this.fits);
    this.load(this.rangeAt(top), listing);
    if (!listing.has(this.rangeAt(top))) return;

    if (selected !== undefined && (place !== undefined || listing.isWhole)) this.around.placed(place !== undefined);
    this.active = this.activeFor(coming, listing, place, top);
    this.top = top;
    // A column that comes and goes as one types would be in the way.
    listing.hasAgents ||= this.shown?.hasAgents === true;
    this.shown = listing;
    this.coming = undefined;
    this.isWanted = false;
    if (coming.isSameView) this.walk.shift(coming.shift);
    else this.walk.stop();
    this.walk.goOn();
    this.around.settled();
  }

  private topFor(coming: Coming, listing: Listing, place: number | undefined): number {
    if (this.isWanted && place !== undefined) return this.topWith(place, coming.isSameView ? this.top : -Infinity);
    if (coming.reason === 'fold') return this.top;
    if (coming.reason === 'refresh') return this.isFollowing ? listing.count : this.top + coming.shift;
    if (coming.reason === 'start') {
      const remembered = this.around.rememberedTop();
      if (remembered !== undefined) return place === undefined ? remembered : this.topWith(place, remembered);
    } else if (place !== undefined && this.isCursorInSight) return place - (this.active - this.top);
    if (place !== undefined) return topCentred(place, this.fits);
    return this.isFollowing ? listing.count : 0;
  }

  private activeFor(coming: Coming, listing: Listing, place: number | undefined, top: number): number {
    if (place !== undefined && (!coming.isSameView || this.isOnSelected)) return place;
    const first = this.around.isLive() && top > 0 ? listing.count - 1 : Math.ceil(top);
    const kept = coming.isSameView ? this.active + coming.shift : first;
    return Math.max(0, Math.min(kept, listing.count - 1));
  }

  /** As it is where the row is in sight, else with the row in the middle. */
  private topWith(index: number, top: number): number {
    return isInSight(index, top, this.fits) ? top : topCentred(index, this.fits);
  }

  private get isCursorInSight(): boolean {
    return this.shown !== undefined && isInSight(this.active, this.top, this.fits);
  }

  /** Also where the row is not loaded: the cursor goes with the selected entry. */
  private get isOnSelected(): boolean {
    const row = this.row(this.active);
    if (row === undefined) return !this.walk.isUnderWay;
    return row.kind === 'entry' && row.key === this.around.selected();
  }
}
