import type { JSX } from 'preact';
import { Component } from 'preact';
import { EntryLine, lineId, type LineLook } from './entryLine';
import { GapLine, GroupLine } from './groupLine';
import type { Listing } from '../model/listing';
import { isSameDay, type Zone } from '../time/shownTime';
import type { ListRow } from '../../../shared/timeline';

interface LineBlockProps {
  listing: Listing;
  /** Rows of the block. */
  from: number;
  to: number;
  look: LineLook;
  active: number;
  selected: string | undefined;
}

/** Some lines of the list that follow each other; they are drawn anew only where one of them changed. */
export class LineBlock extends Component<LineBlockProps> {
  private drawn: readonly unknown[] = [];

  override shouldComponentUpdate(next: LineBlockProps): boolean {
    const state = stateOf(next);
    return state.length !== this.drawn.length || state.some((part, i) => part !== this.drawn[i]);
  }

  override render(): JSX.Element {
    this.drawn = stateOf(this.props);
    const { listing, from, to, look, active, selected } = this.props;
    const lines: JSX.Element[] = [];
    for (let index = from; index < to; index++) {
      const row = listing.row(index);
      const isActive = index === active;
      if (row === undefined) lines.push(<Placeholder key={index} index={index} isActive={isActive} />);
      else if (row.kind === 'group') lines.push(<GroupLine key={index} row={row} index={index} isActive={isActive} />);
      else if (row.kind === 'gap') lines.push(<GapLine key={index} row={row} index={index} isActive={isActive} />);
      else
        lines.push(
          <EntryLine
            key={index}
            row={row}
            index={index}
            look={look}
            isActive={isActive}
            isSelected={row.key === selected}
            isNewDay={isNewDay(row, listing, index, look.zone)}
          />,
        );
    }
    return (
      <div class="block" role="presentation">
        {lines}
      </div>
    );
  }
}

/** A row that is on its way. */
function Placeholder({ index, isActive }: { index: number; isActive: boolean }): JSX.Element {
  return (
    <div
      class={`line placeholder ${isActive ? 'active' : ''}`}
      id={lineId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-busy="true"
      data-index={index}
    >
      <span class="cell wide" role="gridcell" aria-label="Loading" />
    </div>
  );
}

/** All that decides what the block looks like. */
function stateOf({ listing, from, to, look, active, selected }: LineBlockProps): unknown[] {
  const state: unknown[] = [from, look, active >= from && active < to ? active : -1, rowBefore(listing, from)];
  let isSelectedHere = false;
  for (let index = from; index < to; index++) {
    const row = listing.row(index);
    if (row?.kind === 'entry' && row.key === selected) isSelectedHere = true;
    state.push(row);
  }
  state.push(isSelectedHere ? selected : undefined);
  return state;
}

/** Told of the first entry of a day, below whatever stands between it and the entry before. */
function isNewDay(row: ListRow, listing: Listing, index: number, zone: Zone): boolean {
  if (row.kind !== 'entry' || row.at === null) return false;
  if (index === 0) return true;
  const before = rowBefore(listing, index);
  if (before === undefined) return false;
  return (
    before.kind === 'group' || (before.kind === 'entry' && before.at !== null && !isSameDay(before.at, row.at, zone))
  );
}

/** The row before, without gaps between. */
function rowBefore(listing: Listing, index: number): ListRow | undefined {
  let before = listing.row(--index);
  while (before?.kind === 'gap' && index > 0) before = listing.row(--index);
  return before;
}
