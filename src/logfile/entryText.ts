import { isUtf8 } from 'node:buffer';
import { embedded, rowLine, type Row, type RowCell } from '../core/log/exportRows';
import { membersOf, readString } from '../core/log/jsonMembers';
import { jsonTree } from '../core/log/jsonTree';
import { isoOfMicroseconds } from '../core/log/timestamp';
import type { WrittenAction } from '../policyfile/writtenAction';
import { pythonJsonText } from '../core/json/pythonJson';
import { visible } from '../core/text/visible';
import { LinesSource } from './linesSource';
import type { LogSource } from './logSource';

/** An entry as a text to be copied. */
export type TextForm = 'json' | 'line' | 'action';

export function entryText(source: LogSource, position: number, form: TextForm): string {
  switch (form) {
    case 'json':
      return jsonOf(source, position);
    case 'line':
      return plainLine(source, position);
    case 'action':
      return action(source, position);
  }
}

/** A line as it stands in its file. What a text cannot hold is marked: nothing else may be taken for it. */
function jsonOf(source: LogSource, position: number): string {
  if (source instanceof LinesSource) {
    const line = source.line(position);
    if (isUtf8(line)) return line.toString('utf8');
  }
  return rowLine(source.row(position), 'marked');
}

/** What a person would write into a message: nothing in it acts where it is pasted. */
function plainLine({ index }: LogSource, position: number): string {
  const [session, type, target, status, approval, risk, rule, agent] = (
    ['session', 'type', 'target', 'status', 'approval', 'risk', 'rule', 'agent'] as const
  ).map((column) => index.text(position, column));
  const parts = [
    index.timestamp(position),
    type ?? '',
    target ?? '',
    status ?? approval ?? '',
    `risk=${risk ?? ''}`,
    ...(rule === null ? [] : [`rule=${rule}`]),
    ...(agent === null ? [] : [`agent=${agent}`]),
    ...(session === null ? [] : [`session=${session}`]),
  ];
  return parts.map((part) => visible(part, 500)).join('  ');
}

/** A line for `aegis simulate --actions`, to be decided at the time at which it was recorded. */
function action(source: LogSource, position: number): string {
  const row = source.row(position);
  const { index } = source;
  const members: [string, string | undefined][] = [
    ['type', json(index.text(position, 'type'))],
    ['target', json(index.text(position, 'target'))],
    ['params', paramsOf(row)],
    ['agent', json(index.text(position, 'agent'))],
    ['description', json(descriptionOf(row))],
    ['at', json(index.timestamp(position))],
  ];
  const written = members.filter(([, value]) => value !== undefined).map(([name, value]) => `"${name}": ${value}`);
  return `{${written.join(', ')}}`;
}

/** An entry's action, to be tried at the time at which it was recorded. What was not recorded is empty. */
export function actionOf(source: LogSource, position: number): WrittenAction {
  const row = source.row(position);
  const { index } = source;
  const time = index.times[position];
  return {
    type: index.text(position, 'type') ?? '',
    target: index.text(position, 'target') ?? '',
    params: paramsOf(row) ?? '',
    agent: index.text(position, 'agent') ?? '',
    description: descriptionOf(row) ?? '',
    time: Number.isNaN(time) ? '' : isoOfMicroseconds(time),
  };
}

/** Parameters as they were written: in a chain, what its metadata has of them. A text that is no object could say anything. */
function paramsOf(row: Row): string | undefined {
  const text = textOf(cellOf(row, 'action_params')) ?? besideOf(row, 'action_params');
  if (text === null || jsonTree(text, 1)?.root.kind !== 'object') return undefined;
  return embedded(text);
}

function descriptionOf(row: Row): string | null {
  return textOf(cellOf(row, 'action_desc')) ?? besideOf(row, 'action_desc');
}

/** What a chain's entry has in its metadata. */
function besideOf(row: Row, name: string): string | null {
  const value = membersOf(textOf(cellOf(row, 'metadata')) ?? '')?.findLast((member) => member.name === name)?.value;
  return value === undefined || value === 'null' ? null : (readString(value) ?? value);
}

function cellOf({ columns, cells }: Row, name: string): RowCell | undefined {
  return cells[columns.lastIndexOf(name)];
}

function textOf(cell: RowCell | undefined): string | null {
  return cell?.kind === 'text' || cell?.kind === 'json' ? cell.text : null;
}

function json(text: string | null): string | undefined {
  return text === null ? undefined : pythonJsonText(text);
}
