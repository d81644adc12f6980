import { visible } from '../../text/visible';
import type { Glob } from '../glob';
import { globOfValue } from '../globValue';
import type { MatchPart } from '../policy';
import { PyError } from '../pyError';
import { pyNoun } from '../pyValues';
import type { MappingEntry, ScalarNode } from '../yamlTree';
import type { Fix } from './diagnostic';
import type { LintContext } from './lintContext';
import { quoteFix } from './rewrite';
import { readingOf } from './yamlReadings';

interface PatternPlace {
  readonly part: MatchPart;
  /** undefined where the loader refuses the rule. */
  readonly glob: Glob | undefined;
}

/** What a pattern is read as, and whether it can match anything. */
export function findPattern(context: LintContext, entry: MappingEntry, { part, glob: known }: PatternPlace): void {
  const { value: node, key } = entry;
  const value = context.value(node);
  const isWritten = node.span.end > node.span.start;
  if (isWritten && !context.isNewAs(part, node)) return;
  const span = context.source.firstLine(isWritten ? node.span : key.span);
  try {
    const glob = known ?? context.once(globOfValue, value);
    if (typeof value === 'string') findInPattern(context, value, { glob, part, span });
    else {
      const message = `This is ${pyNoun(value)}: the loader takes its items for characters of a pattern, one after the other, and not for several patterns. Write one text.`;
      context.findings.warning('non-string', { message, span });
    }
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const reading = node.kind === 'scalar' ? readingOf(node) : undefined;
    const what = reading?.clause ?? `this ${part} is ${value === null ? 'empty' : pyNoun(value)}`;
    const message = `The loader refuses this file: ${what}, and a pattern must be a text. ${value === null ? 'Write "*" for all.' : 'Write it in quotes.'}`;
    context.findings.error(reading?.code ?? 'non-string', { message, span, fixes: textFixes(node) });
  }
}

function textFixes(node: MappingEntry['value']): Fix[] {
  if (node.kind !== 'scalar' || node.style !== 'plain') return [];
  // Quotes make of it what is written there; where nothing is, everything matches only to who says so.
  return node.text === '' || node.value === null ? [quoteFixOfNothing(node)] : [quoteFix(node, node.text, true)];
}

function quoteFixOfNothing({ span }: ScalarNode): Fix {
  const text = span.end === span.start ? ' "*"' : '"*"';
  return { title: 'Write "*"', edits: [{ span, text }], isPreferred: true, isSafe: false };
}

interface WrittenPattern {
  readonly glob: Glob;
  readonly part: MatchPart;
  readonly span: MappingEntry['key']['span'];
}

function findInPattern({ findings }: LintContext, text: string, { glob, part, span }: WrittenPattern): void {
  const isEmptySet = glob.tokens.some((token) => token.kind === 'set' && !token.isNegated && token.ranges.length === 0);
  if (isEmptySet) {
    const message =
      'This pattern matches nothing: there is no character that its brackets take. So the rule never matches.';
    findings.information('never-holds', { message, span });
  } else if (part === 'agent' && text === '') {
    const message =
      'No agent has an empty name: an action without one is matched as the text "*". So the rule never matches.';
    findings.information('never-holds', { message, span });
  }
  const literal = text.length > LONGEST_LOOKED_AT ? undefined : LITERALS.find(({ looks }) => looks.test(text));
  if (literal !== undefined) {
    const message = `${literal.means} Patterns know *, ? and […] only, and need no escapes.`;
    findings.information('literal-pattern', { message, span });
  }
  const shown = visible(text, text.length);
  if (shown !== text) {
    const message = `This pattern has characters that cannot be seen, and matches only texts that have them, too: "${visible(text, 80)}".`;
    findings.information('invisible-character', { message, span });
  }
}

/** What is longer is nobody's slip, and a text of commas behind a brace would take long to be looked through. */
const LONGEST_LOOKED_AT = 1000;

/** What other languages of patterns have, and this one takes as it is written. */
const LITERALS: readonly { readonly looks: RegExp; readonly means: string }[] = [
  { looks: /\{[^{}]*,[^{}]*\}/, means: 'The braces and the comma stand for themselves here: write a rule for each.' },
  { looks: /^[^[\]]*\|/, means: 'The | stands for itself here: write a rule for each.' },
  { looks: /\[\^/, means: 'The ^ is one of the characters in the brackets: to take any others, write [!…].' },
  {
    looks: /\\[*?[\]{}.()+|^$\\]/,
    means: 'The \\ stands for itself here, and what follows it is no less special for it.',
  },
  { looks: /^\^|\$$/, means: 'The ^ or $ stands for itself here: a pattern is about the whole text anyway.' },
  { looks: /^\s|\s$/, means: 'The space at its start or end belongs to the pattern.' },
];
