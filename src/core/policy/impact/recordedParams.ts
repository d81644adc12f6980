import type { JsonValue } from '../../chain/entry';
import { readParams } from '../action';
import { fromJsonValue } from '../jsonValue';
import { TooMuchWork } from '../pyError';
import { memberOf } from '../pyValues';
import type { PyMapping, PyValue } from '../yamlTree';

/**
 * The parameters of a recorded action. What Python's exact reading takes is several times what the engine's own takes, so that is
 * made only where the two can differ.
 */
export class RecordedParams {
  private exactly: PyMapping | undefined;

  private constructor(
    private readonly text: string,
    private readonly members: Readonly<Record<string, JsonValue>>,
  ) {}

  /** @returns undefined where the text is no JSON object, so that nothing is known. */
  static of(text: string): RecordedParams | undefined {
    let members: unknown;
    try {
      members = JSON.parse(text);
    } catch {
      // Python takes NaN, too.
      return RecordedParams.exactlyOf(text);
    }
    return isObject(members) ? new RecordedParams(text, members) : undefined;
  }

  static ofMapping(mapping: PyMapping): RecordedParams {
    const params = new RecordedParams('', {});
    params.exactly = mapping;
    return params;
  }

  private static exactlyOf(text: string): RecordedParams | undefined {
    const read = text.trim() === '' ? { problem: '' } : readParams(text);
    return 'params' in read ? RecordedParams.ofMapping(read.params) : undefined;
  }

  /**
   * The value of a parameter; undefined where the action had none of this name.
   *
   * @throws TooMuchWork where it is nested deeper than Python reads.
   */
  parameter(name: PyValue): PyValue | undefined {
    if (typeof name !== 'string') return undefined;
    if (this.exactly === undefined) {
      if (!Object.hasOwn(this.members, name)) return undefined;
      const value = this.members[name];
      if (isAlike(value)) return value;
    }
    return memberOf(this.all, name);
  }

  /** All of them. Throws as `parameter` does. */
  get all(): PyMapping {
    return (this.exactly ??= isPlain(this.text) ? mappingOf(this.members) : exactMapping(this.text));
  }
}

/** Whether both readings have the same value here. */
function isAlike(value: JsonValue): value is null | boolean | number | string {
  return value === null || (typeof value === 'number' ? !Number.isInteger(value) : typeof value !== 'object');
}

/**
 * Whether nothing in a text is read in two ways: whole numbers that are written as floats or too large for JavaScript, and keys that
 * JavaScript puts before all others. Long texts may also be nested too deep to be walked.
 */
function isPlain(text: string): boolean {
  return text.length < 4096 && !/\d[.eE]|\d{16}|"\d+"\s*:/.test(text);
}

function mappingOf(members: Readonly<Record<string, JsonValue>>): PyMapping {
  return { kind: 'mapping', entries: Object.entries(members).map(([key, value]) => [key, fromJsonValue(value)]) };
}

function exactMapping(text: string): PyMapping {
  const read = readParams(text);
  if ('params' in read) return read.params;
  throw new TooMuchWork();
}

function isObject(value: unknown): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
