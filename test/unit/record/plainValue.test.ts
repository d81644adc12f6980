import * as assert from 'node:assert/strict';
import * as vm from 'node:vm';
import * as fc from 'fast-check';
import type { JsonValue } from '../../../src/core/chain/entry';
import { pythonJson } from '../../../src/core/json/pythonJson';
import { plainCopier, plainValue } from '../../../src/core/record/plainValue';

class Point {
  #hidden = 1;
  constructor(readonly x: number) {}
  get hidden(): number {
    return this.#hidden;
  }
}

function circular(): Record<string, unknown> {
  const round: Record<string, unknown> = { a: 1 };
  round.self = round;
  round.list = [round];
  return round;
}

function nested(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let i = 0; i < levels; i++) value = [value];
  return value;
}

describe('A plain value', () => {
  const cases: [string, unknown, JsonValue][] = [
    ['texts, numbers, booleans and null as they are', ['a', 1, 1.5, -0, true, null], ['a', 1, 1.5, -0, true, null]],
    ['NaN and the infinities', [NaN, Infinity, -Infinity], [NaN, Infinity, -Infinity]],
    ['undefined and holes', [undefined, { a: undefined }, new Array(2)], [null, { a: null }, [null, null]]],
    ['integers of any size that Python reads', [2n ** 64n, -(10n ** 4299n)], [2n ** 64n, -(10n ** 4299n)]],
    ['boxed values', [Object(1), Object('a'), Object(false), Object(2n), Object(Symbol('s'))], [1, 'a', false, 2n, '[symbol s]']],
    ['functions and symbols', [Math.max, () => 1, Symbol('why'), Symbol()], ['[function max]', '[function]', '[symbol why]', '[symbol]']],
    ['a class', [Point], ['[function Point]']],
    ['a time', new Date(Date.UTC(2026, 2, 29, 10, 30, 2, 114)), '2026-03-29T10:30:02.114000+00:00'],
    ['a time of whole seconds', new Date(0), '1970-01-01T00:00:00+00:00'],
    ['a time far away', new Date(Date.UTC(9999, 11, 31, 23, 59, 59, 999)), '9999-12-31T23:59:59.999000+00:00'],
    ['a time that Python does not know', new Date(8.64e15), '+275760-09-13T00:00:00.000Z'],
    ['a time that is none', new Date(NaN), 'Invalid Date'],
    ['a pattern', /a+/gi, '/a+/gi'],
    ['an error', new TypeError('no'), { name: 'TypeError', message: 'no' }],
    ['an error of the platform', new DOMException('stopped', 'AbortError'), { name: 'AbortError', message: 'stopped' }],
    ['a map of texts', new Map<string, unknown>([['a', 1], ['__proto__', new Map()]]), JSON.parse('{"a": 1, "__proto__": {}}') as JsonValue],
    ['a map of other keys', new Map<unknown, unknown>([['a', 1], [{ b: 2 }, null]]), [['a', 1], [{ b: 2 }, null]]],
    ['a set', new Set([1, 'a', new Set()]), [1, 'a', []]],
    ['bytes', [Buffer.from('secret'), new Uint8Array(2), new Float64Array(0), new ArrayBuffer(5)],
      ['[Buffer of 6 bytes: 73656372…]', '[Uint8Array of 2 bytes: 0000]', '[Float64Array of 0 bytes]', '[ArrayBuffer of 5 bytes: 00000000…]']],
    ['the members of an instance', new Point(3), { x: 3 }],
    ['what has no members', [Promise.resolve(), new WeakMap(), Object.create(null)], ['[Promise]', '[WeakMap]', {}]],
    ['what says itself how it is written', [new URL('https://example.com/a'), { toJSON: () => ({ b: new Date(0) }) }],
      ['https://example.com/a', { b: '1970-01-01T00:00:00+00:00' }]],
    ['a toJSON that returns nothing', { a: 1, toJSON: () => undefined }, null],
    ['a toJSON that is none', { toJSON: 1 }, { toJSON: 1 }],
    ['a circle', circular(), { a: 1, self: '[circular]', list: ['[circular]'] }],
    ['the same object twice, which is no circle', (() => { const a = {}; return [a, a]; })(), [{}, {}]],
    ['lone surrogates', { '\ud800': '\udfff' }, { '\ud800': '\udfff' }],
    ['keys that mean something else in JavaScript', JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'), JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as JsonValue],
    ['things of another realm', vm.runInNewContext('[new Date(0), new Map([["a", new Set([1])]]), new Error("far"), {b: 1}]'),
      ['1970-01-01T00:00:00+00:00', { a: [1] }, { name: 'Error', message: 'far' }, { b: 1 }]],
  ]; // prettier-ignore
  for (const [what, given, made] of cases)
    it(`has ${what}`, () => {
      assert.deepEqual(plainValue(given), made);
    });

  it('writes an integer that Python refuses to read as a text', () => {
    assert.equal(plainValue(10n ** 4300n), `1${'0'.repeat(4300)}`);
    assert.equal(plainValue(-(10n ** 4300n)), `-1${'0'.repeat(4300)}`);
    assert.equal(plainValue(1n << 1_000_000n), '[an integer of more than 100,000 digits]');
  });

  it('asks a toJSON once, so that one which returns the like of itself ends', () => {
    class Endless {
      readonly n = 1;
      toJSON(): Endless {
        return new Endless();
      }
    }
    assert.deepEqual(plainValue(new Endless()), { n: 1 });
    const again = { toJSON: (): unknown => ({ inner: { toJSON: again.toJSON } }) };
    assert.equal(typeof plainValue(again), 'object');
  });

  it('says what could not be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const refusing = new Proxy({}, { ownKeys: () => { throw new Error('go away'); } }); // prettier-ignore
    const liar = new Proxy([1, 2], {
      get: (target, key) => (key === 'length' ? NaN : (Reflect.get(target, key) as unknown)),
    });
    const given = {
      get a(): never {
        throw new Error('not now');
      },
      get b(): never {
        // What is thrown is hostile, too.
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw { toString: () => { throw new Error(); } }; // prettier-ignore
      },
      c: proxy,
      d: [refusing],
      e: { toJSON: () => { throw new TypeError(); } }, // prettier-ignore
      f: liar,
      g: 1,
    };
    assert.deepEqual(plainValue(given), {
      a: '[unreadable: not now]',
      b: '[unreadable: no reason was given]',
      c: "[unreadable: Cannot perform 'IsArray' on a proxy that has been revoked]",
      d: ['[unreadable: go away]'],
      e: '[unreadable: no reason was given]',
      f: [],
      g: 1,
    });
  });

  it('does not believe what an object claims to be', () => {
    const claims = ['Map', 'Set', 'Date', 'Number', 'RegExp', 'ArrayBuffer', 'constructor', '__proto__', 'toString'];
    for (const tag of claims) assert.deepEqual(plainValue({ [Symbol.toStringTag]: tag, a: 1 }), { a: 1 }, tag);
    class Loud extends Map<string, number> {
      override get size(): number {
        return 1e9;
      }
      override entries(): never {
        throw new Error('mine');
      }
    }
    assert.deepEqual(plainValue(new Loud([['a', 1]])), { a: 1 });
  });

  it('ends at 100 levels', () => {
    assert.deepEqual(plainValue(nested(100)), nested(100));
    let inner = plainValue(nested(100_000));
    for (let i = 0; i < 100; i++) inner = (inner as JsonValue[])[0];
    assert.equal(inner, '[nested too deep]');
    const endless = (): object => ({ get more() { return endless(); } }); // prettier-ignore
    assert.match(pythonJson(plainValue(endless())), /\[nested too deep\]/);
  });

  it('records a part of a huge text and says how much it left out', () => {
    const text = 'word '.repeat(1 << 20);
    const made = plainValue({ content: text, path: '/etc/passwd' }) as Record<string, string>;
    assert.match(made.content, /^(word )+… \[4,194,0\d\d more characters not recorded\]$/);
    assert.equal(made.path, '/etc/passwd');
    const halves = plainValue('😀'.repeat(1 << 20)) as string;
    assert.ok(halves.isWellFormed());
  });

  it('cuts before a word, so that no half of a token is left that would not be known as one', () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const made = plainValue(`${'x '.repeat(495)}${token} and on`, { characters: 1000 - 256 }) as string;
    assert.match(made, /^(x )+… \[4\d more characters not recorded\]$/);
  });

  it('records a part of a list or an object that holds very much', () => {
    const made = plainValue({ list: new Array(5_000_000).fill(1), name: 'n' }) as { list: unknown[]; name: string };
    assert.equal(made.list.length, 9_999);
    assert.equal(made.list.at(-1), '… [4,990,002 more items not recorded]');
    assert.equal(made.name, 'n');
    const keys = plainValue(Object.fromEntries(Array.from({ length: 10_003 }, (_, i) => [`k${i}`, i])));
    assert.deepEqual(Object.entries(keys as object).at(-1), ['…', '[3 more members not recorded]']);
    assert.equal((plainValue(new Array(2 ** 32 - 1)) as unknown[]).length, 10_001);
    assert.equal(Object.keys(plainValue(new Map(new Array(20_000).fill(0).map((_, i) => [`${i}`, i]))) as object).length, 10_001); // prettier-ignore
  });

  it('does not grow with objects that hold each other many times', () => {
    let doubled: unknown = 1;
    for (let i = 0; i < 90; i++) doubled = [doubled, doubled];
    assert.ok(pythonJson(plainValue(doubled)).length < 2_000_000);
  });

  it('keeps the members whose keys became the same by being cut', () => {
    const keys = ['a', 'b'].map((end) => `${'k'.repeat(300)}${end}`);
    const made = plainValue(Object.fromEntries(keys.map((key) => [key, 1])), { characters: 0 });
    assert.deepEqual(Object.keys(made as object).length, 2);
  });

  it('shares one measure among the values of an action', () => {
    const copy = plainCopier({ characters: 100 });
    assert.equal(copy('a'.repeat(356)), 'a'.repeat(356));
    assert.equal(copy('b'.repeat(257)), `${'b'.repeat(256)}… [1 more character not recorded]`);
  });

  it('is a frozen copy', () => {
    const given = { a: [{ b: 1 }], m: new Map([['c', []]]) };
    const made = plainValue(given) as { a: { b: number }[]; m: { c: [] } };
    given.a[0].b = 2;
    assert.deepEqual(made, { a: [{ b: 1 }], m: { c: [] } });
    for (const each of [made, made.a, made.a[0], made.m, made.m.c]) assert.ok(Object.isFrozen(each));
  });

  it('is made of anything, and of nothing twice', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true }), // prettier-ignore
        (given) => {
          const made = plainValue(given);
          pythonJson(made);
          assert.deepEqual(plainValue(made), made);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
