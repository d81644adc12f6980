/** Why a text is not the JSON that Python's `json` reads. The texts are Python's own (CPython 3.11, `json.decoder`). */
export const enum JsonProblem {
  None,
  /** The output buffer was too small: not the text's fault, the caller enlarges it and reads again. */
  Overflow,
  ExpectingValue,
  ExpectingPropertyName,
  ExpectingColon,
  ExpectingComma,
  ExtraData,
  UnterminatedString,
  InvalidControlCharacter,
  InvalidEscape,
  InvalidUnicodeEscape,
  InvalidUtf8,
  TooDeep,
  TooManyDigits,
}

/** Python reads no integer of more digits (`sys.int_info.default_max_str_digits`). */
export const MAX_INTEGER_DIGITS = 4300;

/** Python's reader gives up at its recursion limit of 1,000 calls, a few of which are taken before the first bracket. */
export const MAX_DEPTH = 994;

/** What Python says after the name of the error, without the position. */
export function pythonMessage(problem: JsonProblem): string {
  switch (problem) {
    case JsonProblem.ExpectingPropertyName:
      return 'Expecting property name enclosed in double quotes';
    case JsonProblem.ExpectingColon:
      return "Expecting ':' delimiter";
    case JsonProblem.ExpectingComma:
      return "Expecting ',' delimiter";
    case JsonProblem.ExtraData:
      return 'Extra data';
    case JsonProblem.UnterminatedString:
      return 'Unterminated string starting at';
    case JsonProblem.InvalidControlCharacter:
      return 'Invalid control character at';
    case JsonProblem.InvalidEscape:
      return 'Invalid \\escape';
    case JsonProblem.InvalidUnicodeEscape:
      return 'Invalid \\uXXXX escape';
    default:
      return 'Expecting value';
  }
}

/** The same in words for a person who does not read Python's messages. */
export function plainMessage(problem: JsonProblem): string {
  switch (problem) {
    case JsonProblem.ExpectingPropertyName:
      return 'a member name in double quotes is expected';
    case JsonProblem.ExpectingColon:
      return "a ':' is expected";
    case JsonProblem.ExpectingComma:
      return "a ',' or the closing bracket is expected";
    case JsonProblem.ExtraData:
      return 'there is more text after the end of the value';
    case JsonProblem.UnterminatedString:
      return 'a text is not closed';
    case JsonProblem.InvalidControlCharacter:
      return 'a raw control character stands in a text';
    case JsonProblem.InvalidEscape:
    case JsonProblem.InvalidUnicodeEscape:
      return 'an escape sequence is not valid';
    case JsonProblem.InvalidUtf8:
      return 'its bytes are not UTF-8';
    case JsonProblem.TooDeep:
      return `it is nested deeper than ${MAX_DEPTH} levels, which no writer of this format can do`;
    case JsonProblem.TooManyDigits:
      return `it holds an integer of more than ${MAX_INTEGER_DIGITS} digits, which no writer of this format can do`;
    default:
      return 'a value is expected';
  }
}
