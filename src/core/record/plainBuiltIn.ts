import { reading } from './reading';

/** What an object of the language itself is made of, where it is not its members. */
export type BuiltIn =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'primitive'; readonly primitive: unknown }
  | { readonly kind: 'error'; readonly error: object }
  | { readonly kind: 'set'; readonly set: Set<unknown> }
  | { readonly kind: 'map'; readonly map: Map<unknown, unknown> };

/**
 * undefined for an object that is what its members are. Objects are told by their tags, for those of another realm (a worker's, a test
 * runner's) have other classes; a tag can be claimed, so the language's own methods read them, which throw for what is something else.
 */
export function plainBuiltIn(value: object): BuiltIn | undefined {
  if (ArrayBuffer.isView(value)) return text(bytesText(value, nameOf(value)));
  const read = READERS.get(tagOf(value));
  // (A DOMException has a tag of its own.)
  if (read === undefined) return value instanceof Error ? { kind: 'error', error: value } : undefined;
  const built = reading(() => read(value));
  return 'value' in built ? built.value : undefined;
}

/** Where an object has no members and is something else than an object, what it is. */
export function emptyText(value: object): string | undefined {
  const tag = tagOf(value);
  return PLAIN_TAGS.has(tag) ? undefined : `[${tag}]`;
}

const PLAIN_TAGS = new Set(['Object', 'Array', 'Arguments']);

const READERS: ReadonlyMap<string, (value: object) => BuiltIn> = new Map(
  Object.entries<(value: object) => BuiltIn>({
    Date: (value) => text(dateText(value as Date)),
    RegExp: (value) => text(RegExp.prototype.toString.call(value)),
    Error: (value) => ({ kind: 'error', error: value }),
    Set: (value) => {
      const set = value as Set<unknown>;
      Set.prototype.has.call(set, undefined);
      return { kind: 'set', set };
    },
    Map: (value) => {
      const map = value as Map<unknown, unknown>;
      Map.prototype.has.call(map, undefined);
      return { kind: 'map', map };
    },
    ArrayBuffer: (value) => text(bytesText(new Uint8Array(value as ArrayBuffer), 'ArrayBuffer')),
    SharedArrayBuffer: (value) => text(bytesText(new Uint8Array(value as SharedArrayBuffer), 'SharedArrayBuffer')),
    Number: (value) => ({ kind: 'primitive', primitive: Number.prototype.valueOf.call(value) }),
    String: (value) => ({ kind: 'primitive', primitive: String.prototype.valueOf.call(value) }),
    Boolean: (value) => ({ kind: 'primitive', primitive: Boolean.prototype.valueOf.call(value) }),
    BigInt: (value) => ({ kind: 'primitive', primitive: BigInt.prototype.valueOf.call(value) }),
    Symbol: (value) => ({ kind: 'primitive', primitive: Symbol.prototype.valueOf.call(value) }),
  }),
);

function text(said: string): BuiltIn {
  return { kind: 'text', text: said };
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

/** As Python's `isoformat` has it; a year that Python does not know keeps JavaScript's form. */
function dateText(date: Date): string {
  if (Number.isNaN(Date.prototype.getTime.call(date))) return 'Invalid Date';
  const iso = Date.prototype.toISOString.call(date);
  if (iso.length !== '2026-03-29T10:30:02.114Z'.length) return iso;
  const milliseconds = iso.slice(20, 23);
  return `${iso.slice(0, 19)}${milliseconds === '000' ? '' : `.${milliseconds}000`}+00:00`;
}

/** Enough to tell a picture from an archive, and too little to be a key. */
const BYTES_SHOWN = 4;

function bytesText(view: ArrayBufferView, name: string): string {
  const { buffer, byteOffset, byteLength } = view;
  const shown = new Uint8Array(buffer, byteOffset, Math.min(BYTES_SHOWN, byteLength));
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const size = `${byteLength.toLocaleString('en-US')} ${byteLength === 1 ? 'byte' : 'bytes'}`;
  if (byteLength === 0) return `[${name} of ${size}]`;
  return `[${name} of ${size}: ${hex}${byteLength > BYTES_SHOWN ? '…' : ''}]`;
}

/** `Buffer` for Node's bytes, whose tag is that of all bytes. */
function nameOf(view: ArrayBufferView): string {
  const name: unknown = (view as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && /^\w{1,40}$/.test(name) ? name : tagOf(view);
}
