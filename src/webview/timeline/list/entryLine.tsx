import type { JSX } from 'preact';
import type { EntryRow } from '../../../shared/timeline';
import { visible } from '../../../core/text/visible';
import { Icon } from '../icons';
import { LogText } from '../logText';
import { hasEnded, outcomeLook, outcomePhrase, outcomeWord, riskLook, riskWord } from '../outcome';
import { clock, shortDay, type Zone } from '../time/shownTime';

/** What of the list a line needs to know. */
export interface LineLook {
  readonly zone: Zone;
  readonly isGrouped: boolean;
}

interface EntryLineProps {
  row: EntryRow;
  index: number;
  look: LineLook;
  isSelected: boolean;
  isActive: boolean;
  /** The entry before is of another day, or there is none. */
  isNewDay: boolean;
}

/** An entry in the list. */
export function EntryLine({ row, index, look, isSelected, isActive, isNewDay }: EntryLineProps): JSX.Element {
  const risk = riskWord(row.risk);
  const outcomeOf = outcomeLook(row);
  const riskOf = riskLook(risk);
  return (
    <div
      class={`line entry ${isSelected ? 'selected' : ''} ${isActive ? 'active' : ''} ${isNewDay ? 'new-day' : ''}`}
      id={lineId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-level={look.isGrouped ? (row.depth ?? 0) + 2 : undefined}
      aria-selected={isSelected}
      aria-label={labelOf(row, risk, look.zone)}
      data-index={index}
      data-vscode-context={contextOf(row.key)}
    >
      <span class="cell time" role="gridcell" title={visible(row.timestamp)}>
        {isNewDay && row.at !== null && <span class="day">{shortDay(row.at, look.zone)}</span>}
        {row.at === null ? <LogText text={row.timestamp} limit={40} /> : clock(row.at, look.zone)}
      </span>
      <Cell name="agent" text={row.agent} />
      <Cell name="type" text={row.type} />
      <Cell name="target" text={row.target} />
      <span class="cell outcome" role="gridcell" title={visible(outcomePhrase(row))}>
        <Icon name={outcomeOf.icon} tone={outcomeOf.tone} />
        <span class={hasEnded(row) ? 'word' : 'word dim'}>
          <LogText text={outcomeWord(row)} limit={40} />
        </span>
      </span>
      <span class="cell risk" role="gridcell" title={visible(risk)}>
        <Icon name={riskOf.icon} tone={riskOf.tone} />
        <span class="word">
          <LogText text={risk} limit={40} />
        </span>
      </span>
      <Cell name="rule" text={row.rule} />
    </div>
  );
}

function Cell({ name, text }: { name: string; text: string | null }): JSX.Element {
  return (
    <span class={`cell ${name}`} role="gridcell" title={text === null ? undefined : visible(text, 1000)}>
      {text === null ? null : <LogText text={text} />}
    </span>
  );
}

export function lineId(index: number): string {
  return `line-${index}`;
}

/** For the editor's context menu: the entry's key and nothing of what was logged. */
export function contextOf(key: string): string {
  return JSON.stringify({ webviewSection: 'entry', key, preventDefaultContextMenuItems: true });
}

function labelOf(row: EntryRow, risk: string, zone: Zone): string {
  const parts = [
    `${visible(row.type)} on ${visible(row.target)}`,
    visible(outcomePhrase(row)),
    `risk ${visible(risk)}`,
    row.rule === null || row.rule === '' ? 'no rule recorded' : `rule ${visible(row.rule)}`,
    ...(row.agent === null ? [] : [`agent ${visible(row.agent)}`]),
    row.at === null ? visible(row.timestamp) : `${shortDay(row.at, zone)} ${clock(row.at, zone)}`,
  ];
  return parts.join(', ');
}
