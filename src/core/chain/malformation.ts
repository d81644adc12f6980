import { JsonProblem, plainMessage, pythonMessage } from '../json/jsonProblem';
import { visible } from '../text/visible';
import type { Member } from './entry';

/** Why a line is no entry. */
export type Malformation =
  | {
      readonly kind: 'json';
      readonly problem: JsonProblem;
      /** Place in the line without the white space round it, in code points and in bytes, from 0. */
      readonly char: number;
      readonly byte: number;
    }
  | { readonly kind: 'not-an-object'; readonly pythonType: string }
  | { readonly kind: 'missing'; readonly members: readonly Member[] }
  | { readonly kind: 'unknown'; readonly member: string }
  | { readonly kind: 'byte-order-mark' }
  | { readonly kind: 'too-long'; readonly limit: number };

/** Whether the reference cannot read a file with such a line at all, not even without the line. */
export function stopsTheReference(malformation: Malformation): boolean {
  if (malformation.kind === 'too-long') return true;
  return malformation.kind === 'json' && malformation.problem === JsonProblem.InvalidUtf8;
}

/**
 * What the reference's import raises for it: the exception's name and text (CPython 3.11).
 *
 * @param line 1-based.
 */
export function pythonError(malformation: Malformation, line: number): string {
  switch (malformation.kind) {
    case 'json':
      return jsonError(malformation.problem, malformation.char, line);
    case 'not-an-object':
      return `TypeError: aegis.core.crypto_audit.AuditEntry() argument after ** must be a mapping, not ${malformation.pythonType}`;
    case 'missing': {
      const names = malformation.members.map((name) => `'${name}'`);
      const list = names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
      const noun = names.length === 1 ? 'argument' : 'arguments';
      return `TypeError: AuditEntry.__init__() missing ${names.length} required positional ${noun}: ${list}`;
    }
    case 'unknown':
      return `TypeError: AuditEntry.__init__() got an unexpected keyword argument '${malformation.member}'`;
    case 'byte-order-mark':
      return `ValueError: Invalid JSON on line ${line}: Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)`;
    case 'too-long':
      return `not known: line ${line} is longer than is read here`;
  }
}

function jsonError(problem: JsonProblem, char: number, line: number): string {
  switch (problem) {
    case JsonProblem.InvalidUtf8:
      return `UnicodeDecodeError: 'utf-8' codec can't decode the bytes of line ${line}`;
    case JsonProblem.TooDeep:
      return `RecursionError: maximum recursion depth exceeded while decoding line ${line}`;
    case JsonProblem.TooManyDigits:
      return `ValueError: Exceeds the limit (4300 digits) for integer string conversion on line ${line}`;
    default:
      return `ValueError: Invalid JSON on line ${line}: ${pythonMessage(problem)}: line 1 column ${char + 1} (char ${char})`;
  }
}

/** The same for a person: a sentence without the full stop. */
export function explainMalformation(malformation: Malformation): string {
  switch (malformation.kind) {
    case 'json': {
      const place =
        malformation.problem === JsonProblem.InvalidUtf8
          ? `byte ${malformation.byte + 1}`
          : `character ${malformation.char + 1}`;
      return `This line is not an entry: at ${place}, ${plainMessage(malformation.problem)}`;
    }
    case 'not-an-object':
      return `This line is not an entry: it is JSON, but ${PLAIN_TYPE[malformation.pythonType]} instead of an object`;
    case 'missing':
      return `This line is not an entry: it lacks ${malformation.members.join(', ')}`;
    case 'unknown':
      return `This line is not an entry: it has a member "${visible(malformation.member, 40)}", which entries do not have`;
    case 'byte-order-mark':
      return 'This line starts with a UTF-8 byte order mark';
    case 'too-long':
      return `This line is longer than ${malformation.limit / (1 << 20)} MB and was not read`;
  }
}

const PLAIN_TYPE: Readonly<Record<string, string>> = {
  list: 'a list',
  str: 'a text',
  int: 'a number',
  float: 'a number',
  bool: 'true or false',
  NoneType: 'null',
};
