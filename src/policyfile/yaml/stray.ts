import { TAB } from './characters';
import type { Cursor } from './cursor';
import { faultAt, type YamlFault } from './fault';

/** A character that no token can begin with. */
export function cannotBegin(cursor: Cursor): YamlFault {
  const { at } = cursor;
  if (cursor.unit() === TAB) {
    let length = 1;
    while (cursor.unit(length) === TAB) length++;
    return faultAt(at, at + length, 'A tab stands where YAML takes only spaces. Put spaces in its place.', 'yaml-tab');
  }
  const character = cursor.slice(at, at + 1);
  const where = character === '|' || character === '>' ? ' inside brackets' : '';
  return faultAt(at, at + 1, `A value${where} cannot begin with ${character}. Put it in quotes.`);
}

export function strayColon({ at }: Cursor): YamlFault {
  const message =
    'There cannot be a second colon with a space behind it on a line, nor a key in lines that go on with a value. ' +
    'Put the text in quotes if the colon belongs to it; otherwise check the indentation.';
  return faultAt(at, at + 1, message);
}

export function strayDash({ at }: Cursor): YamlFault {
  return faultAt(at, at + 1, 'A list entry cannot begin here. Put the - on a line of its own, or the text in quotes.');
}

export function strayQuestionMark({ at }: Cursor): YamlFault {
  return faultAt(at, at + 1, 'A key cannot begin here. Put the text in quotes if the ? belongs to it.');
}
