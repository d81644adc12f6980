import type { JsonValue } from '../../core/chain/entry';
import { pythonJson } from '../../core/json/pythonJson';
import { plainValue, UNLIMITED } from '../../core/record/plainValue';
import { visible } from '../../core/text/visible';

/** What of a decision is shown to a person who is asked. It may come from another copy of this package, so nothing of it is trusted. */
export interface ShownDecision {
  readonly action: {
    readonly type: string;
    readonly target: string;
    readonly params: unknown;
    readonly description: string;
    readonly agentId: string;
  };
  readonly riskLevel: string;
  readonly matchedRule: string;
}

/**
 * All of an action, by the reference's names, nothing left out but what is empty. Control and bidirectional characters are shown as
 * `\u{…}`, so that no text of an agent's looks like a row of its own.
 */
export function actionRows({ action, riskLevel, matchedRule }: ShownDecision): (readonly [string, string])[] {
  const params = pythonJson(plainValue(action.params, UNLIMITED));
  const rows: [string, unknown][] = [
    ['Action', action.type],
    ['Target', action.target],
    ['Risk', riskLevel],
    ['Rule', matchedRule],
    ['Params', params === '{}' ? '' : params],
    ['Desc', action.description],
    ['Agent', action.agentId],
  ];
  return rows
    .map(([name, text]) => [name, shown(text)] as const)
    .filter(([name, text]) => text !== '' || name === 'Action' || name === 'Target');
}

/**
 * The same as a text with the parameters one by one, each on a line of its own. Their names stand in quotes, so that none of them looks like
 * another row.
 */
export function actionText(decision: ShownDecision): string {
  const params = plainValue(decision.action.params, UNLIMITED);
  const isMapping = typeof params === 'object' && params !== null && !Array.isArray(params);
  return actionRows(decision)
    .map(([name, text]) =>
      name === 'Params' && isMapping
        ? ['Parameters:', ...Object.entries(params).map(([key, value]) => `    ${member(key, value)}`)].join('\n')
        : `${LONG_NAMES[name] ?? name}: ${text}`,
    )
    .join('\n');
}

const LONG_NAMES: Readonly<Partial<Record<string, string>>> = { Params: 'Parameters', Desc: 'Description' };

function member(key: string, value: JsonValue): string {
  return shown(`${pythonJson(key)}: ${pythonJson(value)}`);
}

function shown(text: unknown): string {
  if (text === undefined || text === null) return '';
  return visible(typeof text === 'string' ? text : pythonJson(plainValue(text)), Infinity);
}
