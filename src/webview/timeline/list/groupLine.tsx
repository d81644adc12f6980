import type { JSX } from 'preact';
import type { GapRow, GroupRow } from '../../../shared/timeline';
import { visible } from '../../../core/text/visible';
import { lineId } from './entryLine';
import { Icon } from '../icons';
import { LogText } from '../logText';

interface LineProps<Row> {
  row: Row;
  index: number;
  isActive: boolean;
}

/** Deeper than this, a line would have no room for its name. */
const DEEPEST = 12;
const INDENT_PX = 12;

/** The head of an agent's entries. */
export function GroupLine({ row, index, isActive }: LineProps<GroupRow>): JSX.Element {
  const name = row.agent === null ? 'no agent recorded' : visible(row.agent);
  const origin = row.parent === null ? '' : `, delegated by ${visible(row.parent)}`;
  return (
    <div
      class={`line group ${isActive ? 'active' : ''}`}
      id={lineId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-level={row.depth + 1}
      aria-expanded={!row.closed}
      aria-label={`${name}, ${entries(row.count)}${origin}`}
      data-index={index}
      data-group
    >
      <span
        class="cell wide"
        role="gridcell"
        style={{ paddingLeft: `${Math.min(row.depth, DEEPEST) * INDENT_PX}px` }}
        title={`${name}${origin}, delegation depth ${row.depth}`}
      >
        <Icon name={row.closed ? 'right' : 'twistieDown'} />
        <span class={row.agent === null ? 'nothing' : 'agent-name'}>
          {row.agent === null ? name : <LogText text={row.agent} />}
        </span>
        <span class="badge">{row.count.toLocaleString('en-US')}</span>
        {row.parent !== null && (
          <span class="dim">
            delegated by <LogText text={row.parent} />
          </span>
        )}
      </span>
    </div>
  );
}

/** Where rows were deleted. */
export function GapLine({ row, index, isActive }: LineProps<GapRow>): JSX.Element {
  const text = gapSentence(row);
  return (
    <div
      class={`line gap ${isActive ? 'active' : ''}`}
      id={lineId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-label={text}
      data-index={index}
    >
      <span class="cell wide" role="gridcell" title={text}>
        <Icon name="warning" tone="tone-warning" />
        <span>{text}</span>
      </span>
    </div>
  );
}

/** `3 rows were deleted here: ids 25 to 27` */
export function gapSentence({ count, from, to }: GapRow): string {
  const ids = from === to ? `id ${visible(from, 40)}` : `ids ${visible(from, 40)} to ${visible(to, 40)}`;
  return `${count === 1 ? '1 row was' : `${count.toLocaleString('en-US')} rows were`} deleted here: ${ids}`;
}

function entries(number: number): string {
  return number === 1 ? '1 entry' : `${number.toLocaleString('en-US')} entries`;
}
