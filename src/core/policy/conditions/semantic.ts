import type { Action } from '../action';
import { PyError, type Work } from '../pyError';
import { pyStrip } from '../pyText';
import { isBytes, pyNoun, pyTypeName } from '../pyValues';
import type { PyValue } from '../yamlTree';
import type { Condition } from './condition';

/** Words that a category stands for. Source: the reference's core/semantic.py. */
export const SEMANTIC_CATEGORIES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    destructive: 'delete drop remove destroy kill terminate truncate purge',
    data_exposure: 'export download share send email upload transfer leak expose',
    privileged: 'admin root sudo superuser escalate override bypass',
    financial: 'payment transfer refund charge invoice billing withdraw',
    pii: 'name email phone address ssn passport credit_card dob',
  }).map(([category, words]) => [category, new Set(words.split(' '))]),
);

const STOP_WORDS: ReadonlySet<string> = new Set('or and the a an of in to for is with'.split(' '));

/** `semantic` holds where one of its words is a word of the action. */
export function semanticCondition(value: PyValue): Condition {
  let wanted: readonly string[] | undefined;
  return {
    key: 'semantic',
    value,
    check({ action, work }) {
      wanted ??= paidWords(value, work);
      const isThere = wanted.length > 0 && hasAny(action.words(work), wanted);
      return isThere ? undefined : { kind: 'semantic', words: wanted };
    },
  };
}

/** (Aliases can put one long text into thousands of rules.) */
function paidWords(value: PyValue, work: Work): string[] {
  if (typeof value === 'string') work.spend(value.length);
  return semanticWords(value);
}

function hasAny(words: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((word) => words.has(word));
}

/**
 * The words that a condition looks for, each once: a category's where one is named, else what is written, without the words that say
 * nothing. None, and it never holds.
 *
 * @throws PyError for what is no text.
 */
export function semanticWords(value: PyValue): string[] {
  if (isBytes(value))
    throw new PyError('TypeError', 'cannot use a string pattern on a bytes-like object', 'it must be a text');
  if (typeof value !== 'string')
    throw new PyError(
      'AttributeError',
      `'${pyTypeName(value)}' object has no attribute 'strip'`,
      `it must be a text, and is ${pyNoun(value)}`,
    );
  const written = wordsIn(pyStrip(value).toLowerCase());
  return [
    ...new Set(written.flatMap((word) => [...(SEMANTIC_CATEGORIES.get(word) ?? (STOP_WORDS.has(word) ? [] : [word]))])),
  ];
}

/**
 * All words of an action: of its type, target and description, of its parameters' names and of those of their values that are texts.
 * A word with underscores is also each of its parts.
 *
 * @throws PyError for a parameter whose name is no text.
 * @throws TooMuchWork
 */
export function wordsOfAction({ type, target, description, params }: Action, work: Work): Set<string> {
  const words = new Set<string>();
  const add = (text: string): void => {
    work.spend(text.length);
    for (const word of wordsIn(text.toLowerCase())) {
      words.add(word);
      for (const part of word.split('_')) words.add(part);
    }
  };
  for (const text of [type, target, description]) add(text);
  for (const [name, value] of params.entries) {
    if (typeof name !== 'string')
      throw new PyError(
        'AttributeError',
        `'${pyTypeName(name)}' object has no attribute 'lower'`,
        `a parameter's name must be a text, and one is ${pyNoun(name)}`,
      );
    add(name);
    if (typeof value === 'string') add(value);
  }
  return words;
}

/** (Letters and digits of ASCII only: a word with others falls into pieces.) */
function wordsIn(text: string): string[] {
  return text.match(/[a-z0-9_]+/g) ?? [];
}
