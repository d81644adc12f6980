/** What a new rule begins with, so that it is no second one of its kind. */
export interface RuleStart {
  readonly name: string;
  readonly type: string;
}

const STARTS: readonly RuleStart[] = ['delete', 'export', 'deploy', 'transfer', 'upload', 'drop', 'purge'].map(
  (verb) => ({
    name: `block_${verb}s`,
    type: `${verb}*`,
  }),
);

/** The first start of which neither the name nor the pattern occurs in a policy. */
export function freeStart(text: string): RuleStart {
  const free = STARTS.find(({ name, type }) => !text.includes(name) && !text.includes(type.slice(0, -1)));
  if (free !== undefined) return free;
  let number = 2;
  while (text.includes(`new_rule_${number}`) && number < 10_000) number++;
  return { name: `new_rule_${number}`, type: `new_action_${number}` };
}
