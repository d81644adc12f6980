import { reading } from './reading';

/** Python refuses to read an integer of more digits. */
const MOST_DIGITS = 4300;
/** Writing more takes time that is felt. */
const MOST_WRITTEN_DIGITS = 100_000;

let bounds: { readonly read: bigint; readonly written: bigint } | undefined;

/** An integer that Python can read, or a text. */
export function plainInteger(value: bigint): bigint | string {
  // (These are numbers of thousands of digits: made where one is looked for.)
  if (BigInt.asIntN(128, value) === value) return value;
  bounds ??= { read: 10n ** BigInt(MOST_DIGITS), written: 10n ** BigInt(MOST_WRITTEN_DIGITS) };
  if (value < bounds.read && value > -bounds.read) return value;
  if (value < bounds.written && value > -bounds.written) return String(value);
  return '[an integer of more than 100,000 digits]';
}

export function plainSymbol(value: symbol): string {
  return named('symbol', value.description);
}

export function plainFunction(value: object): string {
  const name = reading(() => (value as { name?: unknown }).name);
  return named('function', 'value' in name ? name.value : undefined);
}

function named(kind: string, name: unknown): string {
  return typeof name === 'string' && name !== '' ? `[${kind} ${name}]` : `[${kind}]`;
}
