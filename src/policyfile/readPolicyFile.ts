import { isUtf8 } from 'node:buffer';
import { loadErrorSentence, loadPolicy } from '../core/policy/loadPolicy';
import type { Policy } from '../core/policy/policy';
import type { Span, YamlTree } from '../core/policy/yamlTree';
import { LinePositions } from './linePositions';
import { readYaml } from './yaml/readYaml';

/** A policy file as it is written. */
export interface PolicyFile {
  /** With the byte order mark, where it has one. */
  readonly text: string;
  readonly tree: YamlTree;
  readonly positions: LinePositions;
}

/** The bytes of a file that the loader cannot take for a text, with a sentence. */
export class PolicyEncodingError extends Error {
  override readonly name = 'PolicyEncodingError';
}

/**
 * Reads the bytes of a policy file. The loader opens it as UTF-8: a byte order mark of that is fine, and UTF-16, which PyYAML would take
 * in bytes, is not.
 *
 * @throws PolicyEncodingError
 */
export function readPolicyFile(bytes: Uint8Array): PolicyFile {
  if (!isUtf8(bytes)) throw new PolicyEncodingError(notUtf8(bytes));
  return readPolicyText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
}

export function readPolicyText(text: string): PolicyFile {
  return { text, tree: readYaml(text), positions: new LinePositions(text) };
}

/** What the loader makes of a file, or the first reason why it refuses it. */
export function loadPolicyFile({
  tree,
}: PolicyFile): { readonly policy: Policy } | { readonly refusal: string; readonly span: Span } {
  const [problem] = tree.problems;
  if (problem !== undefined) return { refusal: problem.message, span: problem.span };
  const loaded = loadPolicy(tree.root);
  if ('policy' in loaded) return loaded;
  return { refusal: loadErrorSentence(loaded.error), span: loaded.error.node.span };
}

function notUtf8(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return 'This file is in UTF-16, and the loader reads UTF-8. Save it as UTF-8.';
  return `This file is not in UTF-8: line ${lineOfBadByte(bytes)} is the first with bytes that are none. Save it as UTF-8.`;
}

function lineOfBadByte(bytes: Uint8Array): number {
  let [line, start] = [1, 0];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x0a) continue;
    if (!isUtf8(bytes.subarray(start, at))) return line;
    line++;
    start = at + 1;
  }
  return line;
}
