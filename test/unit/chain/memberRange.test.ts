import * as assert from 'node:assert/strict';
import { memberRange } from '../../../src/core/chain/memberRange';

describe('The place of a member in a line', () => {
  const valueOf = (line: string, member: string): string | undefined => {
    const range = memberRange(line, member);
    return range && line.slice(range.start, range.end);
  };

  it('is that of its value, without the white space round it', () => {
    assert.equal(valueOf('{"a" : 12 , "b": "x, }"}', 'a'), '12');
    assert.equal(valueOf('{"a": 1, "b": "x, }"}', 'b'), '"x, }"');
  });

  it('is that of the last, where it stands there twice, and none where there is no such member', () => {
    assert.equal(valueOf('{"a": 1, "a": 2}', 'a'), '2');
    assert.equal(valueOf('{"a": 1}', 'b'), undefined);
    assert.equal(valueOf('no object', 'a'), undefined);
  });

  it('is found in time that goes with the length of the line, however it is made', () => {
    assert.equal(valueOf(`{"a":1${' '.repeat(1_000_000)}x}`, 'a')?.length, 1_000_002);
  });
});
