import type { KeyDefinition, Place } from '../schema/definition';
import { KEY_DEFINITIONS } from '../schema/keys';

/** Something in which keys stand, or one of several values. */
export interface Container {
  /** Where keys would stand in it; undefined where the loader reads none. */
  readonly place: Place | undefined;
  /** What the container is the value of. */
  readonly definition: KeyDefinition | undefined;
  readonly isList: boolean;
}

export const TOP: Container = { place: 'policy', definition: undefined, isList: false };

export const NOWHERE: Container = { place: undefined, definition: undefined, isList: false };

/** The step into an item of a list. */
export const ITEM = Symbol('item');

export type Step = string | typeof ITEM;

/** What a key, or the dash of an item, leads into. */
export function enter(container: Container, step: Step): Container {
  if (step === ITEM) return container.isList ? { ...container, isList: false } : NOWHERE;
  if (container.place === undefined || container.isList) return NOWHERE;
  const definition = KEY_DEFINITIONS[container.place].find(({ name }) => name === step);
  if (definition === undefined) return NOWHERE;
  const { value } = definition;
  if (value.kind === 'mapping') return { place: value.of, definition, isList: false };
  if (value.kind === 'list') return { place: value.of, definition, isList: true };
  return { place: undefined, definition, isList: isListOfValues(definition) };
}

/** Whether a key takes a list of single values. */
export function isListOfValues({ value }: KeyDefinition): boolean {
  return value.kind === 'patterns' || value.kind === 'weekdays';
}
