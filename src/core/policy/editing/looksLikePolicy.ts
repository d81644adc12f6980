import { entryOf } from '../entryOf';
import { isRemark, KNOWN_KEYS } from '../lint/knownKeys';
import { nearestWords } from '../lint/nearest';
import type { MappingNode, YamlNode, YamlTree } from '../yamlTree';

/** Keys of other people's files of that name: resources of Kubernetes, rules of other engines, cloud policies, API descriptions. */
const FOREIGN = new Set(
  'apiVersion kind Statement openapi swagger jobs services resources $schema $id policies'.split(' '),
);

/** What only our rules have. */
const RULE_MARKS = ['match', 'approval', 'risk_level', 'conditions'];

/**
 * Whether a file that is called a policy is one of ours, by its content: one with mistakes is, another program's policy is not. A file in
 * which nothing stands yet is about to become one.
 */
export function looksLikePolicy({ root }: YamlTree): boolean {
  if (root === undefined || root.kind === 'scalar') return true;
  if (root.kind === 'sequence') return false;
  const keys = keysOf(root);
  if (keys.some((key) => FOREIGN.has(key))) return false;
  const rules = entryOf(root, 'rules')?.value;
  const told = rules?.kind === 'sequence' ? rulesTell(rules.items) : undefined;
  if (told !== undefined) return told;
  if (entryOf(root, 'plan_rules') !== undefined) return true;
  const defaults = entryOf(root, 'defaults')?.value;
  if (defaults?.kind === 'mapping' && keysOf(defaults).some((key) => isNear(key, KNOWN_KEYS.defaults))) return true;
  const ours = keys.filter((key) => isNear(key, KNOWN_KEYS.policy)).length;
  return ours * 2 > keys.length || keys.length === 0;
}

/** Whether nothing in a file tells yet what it is: a version alone may be that of anything. */
export function isVague({ root }: YamlTree): boolean {
  return (
    root?.kind !== 'mapping' || !['defaults', 'rules', 'plan_rules'].some((key) => entryOf(root, key) !== undefined)
  );
}

/** What the rules say: that they are ours, that they are not, or nothing. */
function rulesTell(items: readonly YamlNode[]): boolean | undefined {
  let isForeign = false;
  for (const item of items.slice(0, MOST_RULES)) {
    if (item.kind !== 'mapping') continue;
    const keys = keysOf(item);
    if (keys.some((key) => RULE_MARKS.includes(key))) return true;
    const others = keys.filter((key) => key !== 'name' && !isRemark(key));
    // A slip is one among words that are ours: another program's rules have "condition", too.
    const near = others.filter((key) => isNear(key, KNOWN_KEYS.rule)).length;
    if (near * 2 > others.length) return true;
    isForeign ||= others.length > 0;
  }
  return isForeign ? false : undefined;
}

const MOST_RULES = 100;

function keysOf({ entries }: MappingNode): string[] {
  return entries.slice(0, 1000).flatMap(({ key }) => (key.kind === 'scalar' ? [key.text] : []));
}

function isNear(key: string, known: readonly string[]): boolean {
  return known.includes(key) || nearestWords(key, known).length > 0;
}
