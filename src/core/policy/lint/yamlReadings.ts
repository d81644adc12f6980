import { visible } from '../../text/visible';
import { shownValue } from '../shownValue';
import { YAML_TAG } from '../yamlTags';
import type { ScalarNode } from '../yamlTree';
import type { Fix, LintCode } from './diagnostic';
import { quoteFix } from './rewrite';

/** A value without quotes that YAML 1.1 takes for something else than it looks like. */
export interface Reading {
  readonly code: Extract<LintCode, 'sexagesimal-time' | 'yaml-boolean' | 'yaml-octal' | 'yaml-date'>;
  /** A clause: `YAML 1.1 reads 18:00 without quotes as the number 1080`. */
  readonly clause: string;
  /** How the value that it is read as is written, where it can be; undefined elsewhere. */
  readonly plainly: string | undefined;
}

export function readingOf(node: ScalarNode): Reading | undefined {
  if (node.style !== 'plain') return undefined;
  const { text, tag, value } = node;
  const read = (code: Reading['code'], as: string, plainly?: string): Reading => ({
    code,
    clause: `YAML 1.1 reads ${visible(text, 40)} without quotes as ${as}`,
    plainly,
  });
  switch (tag) {
    case YAML_TAG.bool:
      return /^(?:true|false)$/i.test(text)
        ? undefined
        : read(
            'yaml-boolean',
            shownValue(value),
            text.toLowerCase() === 'yes' || text.toLowerCase() === 'on' ? 'true' : 'false',
          );
    case YAML_TAG.timestamp:
      return read('yaml-date', 'a date');
    case YAML_TAG.float:
    case YAML_TAG.int: {
      const number = shownValue(value);
      const plainly = /^-?\d+$/.test(number) ? number : undefined;
      if (text.includes(':')) return read('sexagesimal-time', `the number ${number}, to base 60`, plainly);
      const isOctal =
        tag === YAML_TAG.int && /^[-+]?0[0-7_]+$/.test(text) && BigInt(text.replace(/[-+_]/g, '')) !== size(value);
      return isOctal ? read('yaml-octal', `the number ${number}, to base 8`, plainly) : undefined;
    }
    default:
      return undefined;
  }
}

function size(value: ScalarNode['value']): bigint | undefined {
  return typeof value === 'bigint' ? (value < 0n ? -value : value) : undefined;
}

/** To write the text, or the value that it is read as. */
export function readingFixes(node: ScalarNode, { plainly }: Reading): Fix[] {
  if (plainly === undefined) return [quoteFix(node)];
  const edits = [{ span: node.span, text: plainly }];
  return [quoteFix(node), { title: `Write ${plainly}, as it is read`, edits, isPreferred: false, isSafe: false }];
}
