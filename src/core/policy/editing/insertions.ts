import { APPROVAL_WORDS, RISK_WORDS, type KeyDefinition, type ValueDefinition } from '../schema/definition';
import type { RuleStart } from './ruleStarts';

/** What is written for something that is chosen. */
export interface Insertion {
  readonly insert: string;
  readonly isSnippet: boolean;
  readonly suggestsNext: boolean;
}

export function plainInsertion(insert: string): Insertion {
  return { insert, isSnippet: false, suggestsNext: false };
}

export function snippet(insert: string): Insertion {
  return { insert, isSnippet: true, suggestsNext: false };
}

/** A rule, behind its dash, that is found no fault with as it is. */
export function ruleSnippet({ name, type }: RuleStart): string {
  return [
    `name: \${1:${name}}`,
    'match:',
    `  type: "\${2:${type}}"`,
    `risk_level: ${choice(3, RISK_WORDS, 'high')}`,
    `approval: ${choice(4, APPROVAL_WORDS, 'block')}`,
  ].join('\n');
}

export const SEQUENCE_SNIPPET = 'name: ${1:export_then_send}\nsteps: ["${2:export*}", "${3:send*}"]';

/** Lines behind the first, indented by so much. */
export function indented(text: string, by: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(by)}`);
}

/**
 * A key with a value to go on from; lines behind the first are indented as if the key stood in the first column.
 *
 * @param example to start from; undefined for the definition's own
 */
export function keyInsertion(
  { name, value, example: own }: KeyDefinition,
  start: RuleStart,
  isFlow: boolean,
  example = own,
): Insertion {
  switch (value.kind) {
    case 'approval':
    case 'risk':
      return { ...plainInsertion(`${name}: `), suggestsNext: true };
    case 'pattern':
      return { ...snippet(`${name}: "$1"`), suggestsNext: true };
    case 'mapping':
    case 'list':
      return snippet(isFlow ? `${name}: ${flowContent(value, start)}` : `${name}:\n${blockContent(value, start)}`);
    default:
      return snippet(`${name}: \${1:${escaped(example ?? '')}}`);
  }
}

type Holding = Extract<ValueDefinition, { kind: 'mapping' | 'list' }>;

/** What stands in the brackets of a key, with them. */
export function flowContent(value: Holding, start: RuleStart): string {
  if (value.kind === 'list') return '[$1]';
  switch (value.of) {
    case 'defaults':
      return `{ risk_level: ${choice(1, RISK_WORDS, 'medium')}, approval: ${choice(2, APPROVAL_WORDS, 'approve')} }`;
    case 'plan_rules':
      return `{ cumulative_risk: { max_total_risk: \${1:10}, on_exceed: ${choice(2, APPROVAL_WORDS, 'block')} } }`;
    case 'cumulative_risk':
      return `{ max_total_risk: \${1:10}, on_exceed: ${choice(2, APPROVAL_WORDS, 'block')} }`;
    case 'match':
      return `{ type: "\${1:${start.type}}" }`;
    case 'conditions':
      return '{ time_after: "${1:18:00}" }';
    default:
      return '{ $1 }';
  }
}

/** An item of a list, in brackets. */
export function flowItem({ of }: Holding, { name, type }: RuleStart): string {
  if (of !== 'rule') return `{ ${SEQUENCE_SNIPPET.replace('\n', ', ')} }`;
  const [risk, approval] = [choice(3, RISK_WORDS, 'high'), choice(4, APPROVAL_WORDS, 'block')];
  return `{ name: \${1:${name}}, match: { type: "\${2:${type}}" }, risk_level: ${risk}, approval: ${approval} }`;
}

/** What stands below a key, indented by two. */
export function blockContent(value: Holding, start: RuleStart): string {
  switch (value.of) {
    case 'rule':
      return `  - ${indented(ruleSnippet(start), 4)}`;
    case 'match':
      return `  type: "\${1:${start.type}}"`;
    case 'defaults':
      return `  risk_level: ${choice(1, RISK_WORDS, 'medium')}\n  approval: ${choice(2, APPROVAL_WORDS, 'approve')}`;
    case 'conditions':
      return '  time_after: "${1:18:00}"';
    case 'plan_rules':
      return `  cumulative_risk:\n    max_total_risk: \${1:10}\n    on_exceed: ${choice(2, APPROVAL_WORDS, 'block')}`;
    case 'sequence':
      return `  - ${indented(SEQUENCE_SNIPPET, 4)}`;
    case 'cumulative_risk':
      return `  max_total_risk: \${1:10}\n  on_exceed: ${choice(2, APPROVAL_WORDS, 'block')}`;
    case 'policy':
      return '  ';
  }
}

/** A choice of words, of which the given one is there at first. */
function choice(place: number, words: readonly { readonly word: string }[], first: string): string {
  const others = words.map(({ word }) => word).filter((word) => word !== first);
  return `\${${place}|${[first, ...others].join(',')}|}`;
}

/** A text within a place to be filled in. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A pattern that matches a text and nothing else, as Python's `glob.escape` has it. */
export function escapedGlob(text: string): string {
  return text.replace(/[*?[]/g, '[$&]');
}
