// What bench/policy.mjs measures of single decisions, as a bundle of its own.
import { microsecondsOf } from '../src/core/log/timestamp';
import { readParams } from '../src/core/policy/action';
import { evaluate } from '../src/core/policy/evaluate';
import { pythonSearch } from '../src/core/policy/pythonSearch';
import { loadPolicyFile, readPolicyText } from '../src/policyfile/readPolicyFile';

interface WrittenAction {
  readonly type: string;
  readonly target: string;
  readonly agent: string;
  readonly params: object;
  readonly at: string;
}

/** Decides all actions of a list, which are read before the clock starts. */
export function evaluator(
  text: string,
  written: readonly WrittenAction[],
): { readonly seconds: number; readonly decided: Readonly<Record<string, number>> } {
  const loaded = loadPolicyFile(readPolicyText(text));
  if ('refusal' in loaded) throw new Error(loaded.refusal);
  const actions = written.map(({ params, at, ...rest }) => {
    const read = readParams(JSON.stringify(params));
    if ('problem' in read) throw new Error(read.problem);
    return { action: { ...rest, params: read.params, description: '' }, clock: microsecondsOf(at) };
  });
  const decided: Record<string, number> = { auto: 0, approve: 0, block: 0 };
  const regex = pythonSearch();
  const started = performance.now();
  for (const { action, clock } of actions) {
    const decision = evaluate(loaded.policy, action, clock, regex);
    if (decision.kind === 'error') throw new Error(decision.sentence);
    decided[decision.approval]++;
  }
  return { seconds: (performance.now() - started) / 1000, decided };
}
