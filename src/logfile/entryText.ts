import type { Cell } from '../core/log/cell';
import { rowLine, type Row } from '../core/log/exportRows';
import { pythonJsonText } from '../core/json/pythonJson';
import { visible } from '../core/text/visible';
import { LinesSource } from './linesSource';
import type { LogSource } from './logSource';

/** An entry as a text to be copied. */
export type TextForm = 'json' | 'line' | 'action';

export function entryText(source: LogSource, position: number, form: TextForm): string {
  switch (form) {
    case 'json':
      return source instanceof LinesSource ? source.line(position) : rowLine(source.row(position));
    case 'line':
      return plainLine(source, position);
    case 'action':
      return action(source, position);
  }
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
    ['description', json(textOf(cellOf(row, 'action_desc')))],
    ['at', json(index.timestamp(position))],
  ];
  const written = members.filter(([, value]) => value !== undefined).map(([name, value]) => `"${name}": ${value}`);
  return `{${written.join(', ')}}`;
}

/** Parameters as they were written: in a chain, what its metadata has of them. */
function paramsOf(row: Row): string | undefined {
  const text = textOf(cellOf(row, 'action_params'));
  return text !== null && /^\s*\{/.test(text) ? text : undefined;
}

function cellOf({ columns, cells }: Row, name: string): Cell | undefined {
  return cells[columns.indexOf(name)];
}

function textOf(cell: Cell | undefined): string | null {
  return cell?.kind === 'text' ? cell.text : null;
}

function json(text: string | null): string | undefined {
  return text === null ? undefined : pythonJsonText(text);
}
