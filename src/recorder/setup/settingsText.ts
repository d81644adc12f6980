import { parseTree, findNodeAtLocation, getNodeValue, type Node, type ParseError } from 'jsonc-parser';
import { objectOf } from '../agents/payload';
import { readCommandLine, type HookCommand } from './hookCommand';
import type { SettingsPlace } from './settingsPlace';
import { insertion, layoutOf } from './insertion';
import { hasComments, withoutNode } from './removal';
import { spliced, type Splice } from './splice';

/** Settings are not changed that are not understood. The message is a sentence. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** An entry of ours in the list of an event. */
export interface OwnEntry {
  readonly event: string;
  /** Where it stands. */
  readonly path: readonly (string | number)[];
  /** The element of the event's list that it is, or is in. */
  readonly value: unknown;
  readonly command: HookCommand;
}

/** @throws SettingsError where the text is no JSON (with comments, at most), or has hooks in another form. */
export function ownEntries(text: string, place: SettingsPlace): OwnEntry[] {
  const root = rootOf(text);
  if (root === undefined) return [];
  const hooks = findNodeAtLocation(root, ['hooks']);
  if (hooks === undefined) return [];
  if (hooks.type !== 'object') throw new SettingsError('its "hooks" is no object');
  return (hooks.children ?? []).flatMap(({ children }) => {
    const [name, list] = children ?? [];
    const event = String(name?.value);
    if (list?.type !== 'array') {
      if (place.events.includes(event)) throw new SettingsError(`its "hooks" has a "${event}" that is no list`);
      return [];
    }
    return (list.children ?? []).flatMap((node, index) => {
      const value: unknown = getNodeValue(node);
      return ownCommands(value).map(({ command, within }) => ({
        event,
        path: ['hooks', event, index, ...within],
        value,
        command,
      }));
    });
  });
}

/** The changes that give the settings our entry for each event, behind those that are there. @throws SettingsError */
export function entrySplices(text: string, place: SettingsPlace, entry: unknown): Splice[] {
  const splices: Splice[] = [];
  let made = text;
  const change = (splice: Splice): void => {
    splices.push(splice);
    made = spliced(made, [splice]);
  };
  if (text.trim() === '') change({ start: 0, inserted: `${JSON.stringify(place.base, null, 2)}\n`, replaced: text });
  const layout = layoutOf(made);
  for (const event of place.events) {
    const root = rootOf(made)!;
    const hooks = findNodeAtLocation(root, ['hooks']);
    const list = findNodeAtLocation(root, ['hooks', event]);
    if (hooks === undefined) change(insertion(made, root, 'hooks', { [event]: [entry] }, layout));
    else if (list === undefined) change(insertion(made, hooks, event, [entry], layout));
    else change(insertion(made, list, undefined, entry, layout));
  }
  return splices;
}

/** Whether a text is as good as another, as JSON: one that its agent can read must not become one that it cannot. */
export function isAsGood(text: string, as: string): boolean {
  const faults = (each: string): number => {
    const errors: ParseError[] = [];
    parseTree(each, errors, { disallowComments: true });
    return errors.length;
  };
  return faults(text) <= faults(as);
}

/** Whether nothing stands in settings but what a new file was given besides hooks. */
export function isBare(text: string, place: SettingsPlace): boolean {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  return root !== undefined && errors.length === 0 && JSON.stringify(getNodeValue(root)) === JSON.stringify(place.base);
}

/** The settings without our entries, and without what would be empty only for that; what holds a comment is not empty. @throws SettingsError */
export function withoutEntries(text: string, place: SettingsPlace): string {
  let made = text;
  for (;;) {
    const own = ownEntries(made, place).at(-1);
    if (own === undefined) return made;
    made = withoutNode(made, outermost(made, wholeNode(findNodeAtLocation(rootOf(made)!, [...own.path])!)));
  }
}

/** Members of the settings themselves are as far as it goes. */
function outermost(text: string, gone: Node): Node {
  const around = gone.parent!;
  const whole = around.parent === undefined ? undefined : wholeNode(around);
  if (whole === undefined || around.children!.length > 1 || hasComments(text, whole, gone)) return gone;
  return outermost(text, whole);
}

/** A member is taken out with its name. */
function wholeNode(node: Node): Node {
  return node.parent?.type === 'property' ? node.parent : node;
}

/**
 * Our entries as they are written, in their order.
 *
 * @returns undefined where one of them stands beside what a person put there. @throws SettingsError
 */
export function entryTexts(text: string, place: SettingsPlace): readonly string[] | undefined {
  return elementsOf(text, place)?.map(({ offset, length }) => text.slice(offset, offset + length));
}

/** The settings with other texts in the place of our entries; undefined where they are not as many. @throws SettingsError */
export function withEntryTexts(text: string, place: SettingsPlace, texts: readonly string[]): string | undefined {
  const elements = elementsOf(text, place);
  if (elements?.length !== texts.length) return undefined;
  const splices = elements.map(({ offset, length }, i) => {
    return { start: offset, inserted: texts[i], replaced: text.slice(offset, offset + length) };
  });
  return spliced(text, splices.reverse());
}

function elementsOf(text: string, place: SettingsPlace): Node[] | undefined {
  const own = ownEntries(text, place);
  if (own.some(({ path }) => path.length > ELEMENT_DEPTH)) return undefined;
  const root = rootOf(text);
  return own.map(({ path }) => findNodeAtLocation(root!, [...path])!);
}

/** `hooks`, the event, the place in its list. */
const ELEMENT_DEPTH = 3;

/** Undefined for a file in which nothing stands. */
function rootOf(text: string) {
  if (text.trim() === '') return undefined;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (root === undefined || errors.length > 0) throw new SettingsError('it is no JSON');
  if (root.type !== 'object') throw new SettingsError('it is no object of JSON');
  refuseTwice(root, 'hooks');
  const hooks = findNodeAtLocation(root, ['hooks']);
  for (const { children } of hooks?.type === 'object' ? (hooks.children ?? []) : [])
    refuseTwice(hooks!, String(children?.[0].value));
  return root;
}

/** Of two members with one name, agents read the last: what stands in the other is never run. */
function refuseTwice({ children }: Node, name: string): void {
  if ((children ?? []).filter(({ children: member }) => member?.[0].value === name).length > 1)
    throw new SettingsError(`it has "${name}" twice, of which only one counts`);
}

/** Where in an element commands of ours stand: it is one, or has some, perhaps among those that a person put beside them. */
function ownCommands(
  value: unknown,
): { readonly command: HookCommand; readonly within: readonly (string | number)[] }[] {
  const element = objectOf(value);
  const handlers = Array.isArray(element?.hooks) ? (element.hooks as unknown[]) : undefined;
  return (handlers ?? [element]).flatMap((handler, i) => {
    const line = objectOf(handler)?.command;
    const command = typeof line === 'string' ? readCommandLine(line) : undefined;
    if (command === undefined) return [];
    return [{ command, within: handlers !== undefined && handlers.length > 1 ? ['hooks', i] : [] }];
  });
}
