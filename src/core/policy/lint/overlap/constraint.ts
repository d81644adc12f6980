import type { MatchPart } from '../../policy';
import type { PyValue } from '../../yamlTree';
import type { ParameterSet } from './parameterSet';
import type { Ranges } from './ranges';
import type { Shape } from './shape';

/** Something that has to hold for a rule to match. Constraints of different kinds, or on different parameters, have nothing to do with each other. */
export type Constraint =
  | { readonly kind: 'glob'; readonly part: MatchPart; readonly shape: Shape }
  /** Minutes since midnight, UTC. */
  | { readonly kind: 'time'; readonly minutes: Ranges<number> }
  /** A bit for each day, Monday the lowest. */
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'parameter'; readonly key: string; readonly parameter: PyValue; readonly set: ParameterSet }
  /** A test of which is only known that it always has the same answer for the same value. */
  | { readonly kind: 'test'; readonly test: ParameterTest }
  /** The action has one of some words. */
  | { readonly kind: 'words'; readonly words: ReadonlySet<string> };

export interface ParameterTest {
  /** The same for tests that ask the same. */
  readonly id: string;
  /** As that of the parameter's own constraint. */
  readonly key: string;
  readonly parameter: PyValue;
  readonly operator:
    'param_eq' | 'param_gt' | 'param_lt' | 'param_gte' | 'param_lte' | 'param_contains' | 'param_matches';
  readonly expected: PyValue;
}
