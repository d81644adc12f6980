import { ascii } from '../../../src/core/json/canonicalText';
import { CanonicalWriter } from '../../../src/core/json/canonicalWriter';
import { JsonProblem } from '../../../src/core/json/jsonProblem';

export type Canonical =
  | { readonly canonical: string }
  | { readonly problem: JsonProblem; /** Place in code points. */ readonly char: number };

/** The canonical form of one JSON text, white space round it allowed, or what is wrong with it. */
export function canonicalOf(text: string | Uint8Array, capacity?: number): Canonical {
  const bytes = Buffer.concat([Buffer.from(text as string), Buffer.from('\n')]);
  const end = bytes.length - 1;
  const writer = new CanonicalWriter(capacity);
  const failed = (problem: JsonProblem, at: number): Canonical => ({
    problem,
    char: [...bytes.subarray(0, at)].filter((byte) => (byte & 0xc0) !== 0x80).length,
  });
  for (;;) {
    writer.begin(bytes, 0);
    writer.skipSpace();
    const isValue = writer.value(0);
    if (writer.len > writer.out.length || writer.problem === JsonProblem.Overflow) {
      writer.enlarge(writer.len);
      continue;
    }
    if (!isValue) return failed(writer.problem, writer.problemAt);
    writer.skipSpace();
    if (writer.pos < end) return failed(JsonProblem.ExtraData, writer.pos);
    return { canonical: ascii(writer.out, 0, writer.len) };
  }
}
