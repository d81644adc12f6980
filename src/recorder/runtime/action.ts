import { fromJsonValue } from '../../core/policy/jsonValue';
import type { Action as JudgedAction } from '../../core/policy/action';
import { isMapping, PY_NOTHING } from '../../core/policy/pyValues';
import { plainValue, UNLIMITED } from '../../core/record/plainValue';
import { checkMembers } from '../knownMembers';
import { copyData, defineData } from './dataCopy';

/** What an agent wants to do. */
export interface ActionFields {
  /** What kind of thing it is: `read_file`. */
  readonly type: string;
  /** On what. */
  readonly target: string;
  /** Data for the executor; see `Action`. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly description?: string | undefined;
  /** Who acts. An empty text is nobody that is known. */
  readonly agentId?: string | undefined;
  /** Who delegated it to that agent. */
  readonly parentAgentId?: string | undefined;
  /** What all actions of one delegation have in common. */
  readonly chainId?: string | undefined;
  /** How many delegations stand between a person and the agent. */
  readonly chainDepth?: number | undefined;
}

/**
 * An action that nobody can change: what is judged is what is executed and recorded. The parameters are copied, deeply. Plain objects
 * and lists are frozen; where there is a `Date`, a `Map`, a `Set` or bytes among them, which cannot be, each reader of `params` gets a copy
 * of its own. Rules see a parameter as it is recorded, in full: a `Date` as a text, bytes as a note of their size.
 *
 * Source: `Action` of the reference's core/action.py.
 */
export class Action implements ActionFields {
  readonly type: string;
  readonly target: string;
  declare readonly params: Readonly<Record<string, unknown>>;
  readonly description: string;
  readonly agentId: string;
  readonly parentAgentId: string;
  readonly chainId: string;
  readonly chainDepth: number;

  /** @throws TypeError with a sentence where there is no type or target, for a member that an action does not have, and for parameters that cannot be copied: functions, objects of a class. */
  constructor(fields: ActionFields) {
    checkMembers(fields, ACTION_FIELDS, 'An action');
    this.type = textOf(fields, 'type');
    if (this.type === '') throw new TypeError('The type of an action must not be empty: it says what is done.');
    this.target = textOf(fields, 'target');
    this.description = textOf(fields, 'description', '');
    this.agentId = textOf(fields, 'agentId', '');
    this.parentAgentId = textOf(fields, 'parentAgentId', '');
    this.chainId = textOf(fields, 'chainId', '');
    this.chainDepth = depthOf(fields.chainDepth);
    const copied = copyData(fields.params ?? {}, `The parameters of "${this.type.slice(0, 60)}"`);
    if (typeof copied.value !== 'object' || Array.isArray(copied.value))
      throw new TypeError('The parameters of an action must be an object, such as { path: "a.txt" }.');
    defineData(this, 'params', copied);
    Object.freeze(this);
  }

  toString(): string {
    return `Action(${this.type} -> ${this.target}${this.description === '' ? '' : ` - ${this.description}`})`;
  }
}

const ACTION_FIELDS = [
  'type',
  'target',
  'params',
  'description',
  'agentId',
  'parentAgentId',
  'chainId',
  'chainDepth',
] satisfies (keyof ActionFields)[];

/** What rules are held against. */
export function judged(action: Action): JudgedAction {
  const params = fromJsonValue(plainValue(action.params, UNLIMITED));
  return {
    type: action.type,
    target: action.target,
    params: isMapping(params) ? params : PY_NOTHING,
    agent: action.agentId === '' ? null : action.agentId,
    description: action.description,
  };
}

type TextName = 'type' | 'target' | 'description' | 'agentId' | 'parentAgentId' | 'chainId';

function textOf(fields: ActionFields, name: TextName, otherwise?: string): string {
  const given: unknown = (fields as Partial<ActionFields> | undefined)?.[name] ?? otherwise;
  if (typeof given === 'string') return given;
  throw new TypeError(`The ${name} of an action must be a text${given === undefined ? ', and is missing' : ''}.`);
}

function depthOf(given: unknown): number {
  if (given === undefined || given === null) return 0;
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return given;
  throw new TypeError('The chainDepth of an action must be a whole number, 0 or more.');
}
