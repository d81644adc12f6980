import type { SessionTable } from '../../../../src/core/log/sessions';

/** The places of all sessions, in the order of their first entries. */
export function everyPlace({ size }: SessionTable): Uint32Array {
  return Uint32Array.from({ length: size }, (_, place) => place);
}
