import { quantity } from '../../text/quantity';
import { visible } from '../../text/visible';
import { SEMANTIC_CATEGORIES } from '../conditions/semantic';
import { quotedText } from '../quotedText';
import { APPROVAL_WORDS, RISK_WORDS, type KeyDefinition } from '../schema/definition';
import { escapedGlob, plainInsertion } from './insertions';
import type { Offer } from './offer';
import type { RecordedWord, RecordedWords } from './recordedWords';
import { DAYS } from '../weekdayNames';
import type { CursorContext } from './writtenPlace';

/** What may be the value of a key, or a single one in its list. */
export function valueOffers(context: CursorContext, recorded: RecordedWords): Offer[] {
  const { container, isItem, kind } = context;
  const { definition } = container;
  if (definition === undefined || container.place !== undefined) return [];
  const isSingle = isItem || kind === 'item';
  switch (definition.value.kind) {
    case 'approval':
      return APPROVAL_WORDS.map(({ word, meaning }) => value(word, 'word', word, meaning));
    case 'risk':
      return RISK_WORDS.map(({ word, meaning }) => value(word, 'word', word, meaning));
    case 'pattern':
      return [
        ...recordedOffers(recordedFor(definition, recorded)),
        value('*', 'value', '"*"', 'Everything, as where nothing is written.'),
      ];
    case 'patterns':
      return isSingle ? recordedOffers(recorded.types) : exampleOf(definition);
    case 'time':
      return ['08:00', '18:00'].map((time) => value(time, 'value', quotedText(time), definition.meaning));
    case 'weekdays':
      return isSingle
        ? DAYS.map((name, i) => value(String(i + 1), 'value', String(i + 1), `${name}, in UTC.`))
        : [
            value('[1, 2, 3, 4, 5]', 'value', '[1, 2, 3, 4, 5]', 'Monday to Friday, in UTC.'),
            value('[6, 7]', 'value', '[6, 7]', 'Saturday and Sunday, in UTC.'),
          ];
    case 'words':
      return [...SEMANTIC_CATEGORIES].map(([category, words]) =>
        value(category, 'word', category, `Stands for ${[...words].join(', ')}.`),
      );
    default:
      return isSingle ? [] : exampleOf(definition);
  }
}

function exampleOf({ example, meaning }: KeyDefinition): Offer[] {
  return example === undefined ? [] : [value(example, 'value', example, meaning)];
}

function recordedFor({ name }: KeyDefinition, { types, targets, agents }: RecordedWords): readonly RecordedWord[] {
  return name === 'type' ? types : name === 'target' ? targets : agents;
}

/** Longer texts are nothing that a person would write into a pattern. */
const LONGEST = 500;

function recordedOffers(words: readonly RecordedWord[]): Offer[] {
  return words
    .filter(({ text }) => text !== '' && text.length <= LONGEST)
    .map(({ text, count }) => {
      const documentation = `The recorded history has it in ${quantity(count, 'entry', 'entries')}.`;
      const detail = quantity(count, 'entry', 'entries');
      return { ...value(visible(text, 100), 'recorded', quotedText(escapedGlob(text)), documentation), detail };
    });
}

function value(label: string, kind: Offer['kind'], insert: string, documentation: string): Offer {
  return { label, kind, ...plainInsertion(insert), detail: undefined, documentation };
}
