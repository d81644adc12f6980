import { isUtf8 } from 'node:buffer';
import { microsecondsOf } from '../core/log/timestamp';
import type { Action } from '../core/policy/action';
import { readJsonValue } from '../core/policy/jsonValue';
import { parametersWithDates } from '../core/policy/pythonNotation';
import { isMapping, pyNoun, PY_NOTHING } from '../core/policy/pyValues';
import { shownValue } from '../core/policy/shownValue';
import type { PyMapping, PyValue } from '../core/policy/yamlTree';
import { quantity } from '../core/text/quantity';
import { visible } from '../core/text/visible';
import { UsageError } from './errors';
import { readInputFile } from './inputFile';
import { tell } from './tell';
import { shownPath } from './terminal';

/** An action that somebody wrote, to be judged at a time. */
export interface GivenAction {
  readonly action: Action;
  /** Microseconds since 1970; undefined where it is not said. */
  readonly clock: number | undefined;
  /** Of its file, from 1; undefined where it stands in none. */
  readonly line: number | undefined;
}

/** What holds for actions that do not say it themselves. */
export interface ActionDefaults {
  readonly params: PyMapping | undefined;
  readonly agent: string | undefined;
}

const MOST_BYTES = 256 << 20;

/** `TYPE:TARGET`; without a colon the target is the text `*`, as in the reference. */
export function actionOfWord(word: string, { params, agent }: ActionDefaults): Action {
  const colon = word.indexOf(':');
  const [type, target] = colon === -1 ? [word, '*'] : [word.slice(0, colon), word.slice(colon + 1)];
  return { type, target, params: params ?? PY_NOTHING, agent: agent ?? null, description: '' };
}

/**
 * The actions of a file with one JSON object a line: `type`, `target`, `params`, `agent`, `description` and `at`. What else an object
 * has is not read, which is told.
 *
 * @throws UsageError for a line that is no such object.
 */
export function actionsOfFile(file: string, defaults: ActionDefaults): GivenAction[] {
  const bytes = readInputFile(file, MOST_BYTES, 'a file of actions');
  if (!isUtf8(bytes)) throw new UsageError(`${shownPath(file)}: It is not in UTF-8. Save it as UTF-8.`);
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/);
  const unread = new Map<string, number>();
  const actions: GivenAction[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === '') return;
    const read = new ActionLine(line, (problem) => {
      throw new UsageError(`${shownPath(file)}, line ${i + 1}: ${problem}`);
    });
    actions.push({ ...read.given(defaults), line: i + 1 });
    for (const name of read.unread) if (!unread.has(name)) unread.set(name, i + 1);
  });
  tellUnread(file, unread);
  return actions;
}

const MEMBERS = ['type', 'target', 'params', 'agent', 'description', 'at'];

class ActionLine {
  private readonly members: ReadonlyMap<PyValue, PyValue>;

  constructor(
    line: string,
    private readonly fail: (problem: string) => never,
  ) {
    const reading = readJsonValue(line);
    if ('problem' in reading) fail(`This is no JSON: ${reading.problem}.`);
    if (!isMapping(reading.value)) fail(`An action is a JSON object, and this is ${pyNoun(reading.value)}.`);
    this.members = new Map(reading.value.entries);
  }

  /** Members that an action does not have. */
  get unread(): string[] {
    return [...this.members.keys()].map(String).filter((name) => !MEMBERS.includes(name));
  }

  given({ params, agent }: ActionDefaults): Omit<GivenAction, 'line'> {
    const type = this.text('type') ?? this.fail('It has no "type", such as "type": "delete_user".');
    const target = this.text('target') ?? '*';
    const description = this.text('description') ?? '';
    const action = {
      type,
      target,
      params: this.params() ?? params ?? PY_NOTHING,
      agent: this.text('agent') ?? agent ?? null,
      description,
    };
    return { action, clock: this.clock() };
  }

  private text(name: string): string | undefined {
    const value = this.members.get(name) ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    return this.fail(`Its "${name}" must be a text, and is ${pyNoun(value)}.`);
  }

  private params(): PyMapping | undefined {
    const value = this.members.get('params') ?? undefined;
    if (value === undefined) return undefined;
    return isMapping(value)
      ? parametersWithDates(value)
      : this.fail(`Its "params" must be an object, and is ${pyNoun(value)}.`);
  }

  private clock(): number | undefined {
    const text = this.text('at');
    if (text === undefined) return undefined;
    const clock = microsecondsOf(text);
    return Number.isNaN(clock)
      ? this.fail(`Its "at", ${shownValue(text)}, is no time such as 2026-03-29T10:30:02+00:00.`)
      : clock;
  }
}

const MOST_TOLD = 5;

function tellUnread(file: string, unread: ReadonlyMap<string, number>): void {
  const all = [...unread];
  for (const [name, line] of all.slice(0, MOST_TOLD))
    tell(`${file}, line ${line}: "${visible(name, 60)}" is not read. An action has ${MEMBERS.join(', ')}.`);
  const more = all.length - MOST_TOLD;
  if (more > 0) tell(`and ${quantity(more, 'more such member')}.`);
}
