import { isWordCharacter } from './characterTest';
import { Flag } from './flags';
import type { SearchText } from './searchText';
import type { Place } from './syntax';

/** Whether a place in the text, before the code point `at`, is of a kind. */
export type PlaceTest = (text: SearchText, at: number) => boolean;

const LINE_END = 0x0a;

/** Source: `SRE(at)` of Python 3.11's _sre module. */
export function placeTestOf(place: Place, flags: number): PlaceTest {
  const isMultiline = (flags & Flag.multiline) !== 0;
  switch (place) {
    case 'start-of-text':
      return isStart;
    case 'end-of-text':
      return isEnd;
    case 'start':
      return isMultiline ? (text, at) => at === 0 || text[at - 1] === LINE_END : isStart;
    case 'end':
      return isMultiline ? (text, at) => at === text.length || text[at] === LINE_END : isEndOrLastLineEnd;
    case 'boundary':
      return (text, at) => text.length > 0 && isWordAt(text, at - 1, flags) !== isWordAt(text, at, flags);
    case 'no-boundary':
      // In an empty text there is neither a boundary nor none.
      return (text, at) => text.length > 0 && isWordAt(text, at - 1, flags) === isWordAt(text, at, flags);
  }
}

function isStart(_text: SearchText, at: number): boolean {
  return at === 0;
}

function isEnd(text: SearchText, at: number): boolean {
  return at === text.length;
}

function isEndOrLastLineEnd(text: SearchText, at: number): boolean {
  return at === text.length || (at === text.length - 1 && text[at] === LINE_END);
}

function isWordAt(text: SearchText, index: number, flags: number): boolean {
  return index >= 0 && index < text.length && isWordCharacter(text[index], flags);
}
