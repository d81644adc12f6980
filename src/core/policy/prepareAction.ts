import type { Action } from './action';
import type { PreparedAction } from './conditions/condition';
import { wordsOfAction } from './conditions/semantic';
import { codePoints } from './glob';
import { byKey, pyKey } from './pyEquality';
import { Work } from './pyError';
import type { PyValue } from './yamlTree';

/** Makes an action ready to be held against many rules: what they ask of it again and again is found once. */
export function prepareAction(action: Action): PreparedAction {
  let parameters: Map<string | symbol, PyValue> | undefined;
  let words: Set<string> | undefined;
  return {
    ...action,
    points: {
      type: codePoints(action.type),
      target: codePoints(action.target),
      // Whoever is not known is matched as this text.
      agent: codePoints(action.agent === null || action.agent === '' ? '*' : action.agent),
    },
    parameter(name) {
      parameters ??= byKey(action.params, new Work());
      return parameters.get(pyKey(name));
    },
    words(work) {
      return (words ??= wordsOfAction(action, work));
    },
  };
}
