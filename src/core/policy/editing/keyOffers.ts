import type { KeyDefinition } from '../schema/definition';
import { KEY_DEFINITIONS } from '../schema/keys';
import { indented, keyInsertion, plainInsertion, ruleSnippet, SEQUENCE_SNIPPET, snippet } from './insertions';
import type { Offer } from './offer';
import { freeStart, type RuleStart } from './ruleStarts';
import type { CursorContext } from './writtenPlace';

/** The keys that may stand at a place and are not there, and all at once that a rule or a policy mostly has. */
export function keyOffers(context: CursorContext, text: string): Offer[] {
  const { container, siblings, hasColon, isFlow, span } = context;
  const { place, definition: parent } = container;
  if (place === undefined) return parent?.value.kind === 'parameters' ? parameterOffers(parent, context) : [];
  const written = /^(["']?)([\w-]*)/.exec(text.slice(span.start))!;
  const [whole, quote, own] = written;
  const start = freeStart(text);
  const offers = KEY_DEFINITIONS[place]
    .filter(({ name }) => !siblings.has(name) || name === own)
    .map((definition): Offer => {
      const name = `${quote}${definition.name}${quote}`;
      const insertion =
        hasColon === true
          ? plainInsertion(name)
          : keyInsertion({ ...definition, name }, start, isFlow, exampleFor(definition, siblings, start));
      const { meaning, otherwise } = definition;
      return {
        label: definition.name,
        filter: `${quote}${definition.name}`,
        kind: 'key',
        ...insertion,
        detail: otherwise === undefined ? undefined : `otherwise ${otherwise}`,
        documentation:
          otherwise === undefined ? meaning : `${meaning} Where it is not there, the loader takes: ${otherwise}.`,
      };
    });
  if (siblings.size > 0 || hasColon === true || isFlow || quote !== '') return offers;
  if (place === 'rule') return [wholeOffer('rule', ruleSnippet(start)), ...offers];
  if (place === 'sequence') return [wholeOffer('sequence', SEQUENCE_SNIPPET), ...offers];
  if (place === 'policy' && hasNothingBut(text, whole)) return [...offers, wholeOffer('policy', policySnippet(start))];
  return offers;
}

/** Parameters are called what the agents' tools call them; the example shows the shape. */
function parameterOffers({ example, meaning }: KeyDefinition, { hasColon, siblings }: CursorContext): Offer[] {
  const [, name, value] = /^\{ (\w+): (.*) \}$/.exec(example ?? '') ?? [];
  if (name === undefined || hasColon === true || siblings.has(name)) return [];
  const insert = `\${1:${name}}: \${2:${value.replace(/[\\$}]/g, '\\$&')}}`;
  return [{ label: `${name}: ${value}`, kind: 'value', ...snippet(insert), detail: undefined, documentation: meaning }];
}

function wholeOffer(what: string, insert: string): Offer {
  return { label: what, kind: 'rule', ...snippet(insert), detail: `a new ${what}`, documentation: WHOLE[what] };
}

const WHOLE: Readonly<Record<string, string>> = {
  rule: 'A rule with a name, a pattern for the type, a risk level and an approval.',
  sequence: 'Actions that must not follow one another in a plan, by patterns for their types.',
  policy: 'A policy with defaults and one rule.',
};

function policySnippet(start: RuleStart): string {
  return `version: "1"\ndefaults:\n  risk_level: medium\n  approval: approve\nrules:\n  - ${indented(ruleSnippet(start), 4)}`;
}

/** Whether a text holds nothing for YAML but a word. */
function hasNothingBut(text: string, word: string): boolean {
  const content = text.split(/[\r\n]+/).filter((line) => !/^\s*(?:#|$)/.test(line));
  return content.length === 0 || (content.length === 1 && content[0].trim() === word);
}

/** Examples that go together with what is there. */
function exampleFor(
  { name, example }: KeyDefinition,
  siblings: ReadonlySet<string>,
  start: RuleStart,
): string | undefined {
  switch (name) {
    case 'name':
      return example === 'block_deletes' ? start.name : example;
    case 'time_after':
      return siblings.has('time_before') ? '"06:00"' : example;
    case 'time_before':
      return siblings.has('time_after') ? '"22:00"' : example;
    case 'param_lt':
    case 'param_lte':
      return example?.replace('100', '1000');
    default:
      return example;
  }
}
