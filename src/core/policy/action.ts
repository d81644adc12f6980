import { readJsonValue } from './jsonValue';
import { isMapping, pyNoun, PY_NOTHING } from './pyValues';
import type { PyMapping } from './yamlTree';

/** What an agent is about to do, or did. */
export interface Action {
  readonly type: string;
  readonly target: string;
  readonly params: PyMapping;
  /** null, like the empty text: it is not known which agent, and rules see the text `*`. */
  readonly agent: string | null;
  readonly description: string;
}

/** Parameters given as JSON. An empty text gives none. A `problem` is a clause for people. */
export function readParams(json: string): { readonly params: PyMapping } | { readonly problem: string } {
  if (json.trim() === '') return { params: PY_NOTHING };
  const reading = readJsonValue(json);
  if ('problem' in reading) return reading;
  const { value } = reading;
  return isMapping(value) ? { params: value } : { problem: `it is ${pyNoun(value)}, not a mapping of parameters` };
}
