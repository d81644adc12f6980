import * as fc from 'fast-check';

/** YAML documents, and YAML that somebody was careless with. */

/** A document, and the contents of its scalars in the order of the text. */
export interface YamlDocument {
  readonly text: string;
  readonly scalars: readonly string[];
}

interface Part {
  /** Lines behind a `-` or a `key:`; the first stands on its line. */
  readonly lines: readonly string[];
  readonly scalars: readonly string[];
}

const word = fc.constantFrom(
  'a',
  'read_*',
  '18:00',
  'yes',
  '0755',
  'é😀',
  'x:y',
  '-1',
  'two words',
  '~',
  'a#b',
  'it´s',
);
const quoted = fc.string({
  unit: fc.constantFrom('a', ' ', ':', '#', "'", '"', '\\', 'é', '😀', '-', '\t'),
  maxLength: 8,
});

const scalar: fc.Arbitrary<Part> = fc.oneof(
  word.map((text) => ({ lines: [text], scalars: [text] })),
  fc.constant({ lines: [''], scalars: [''] }),
  quoted.map((text) => ({ lines: [JSON.stringify(text)], scalars: [text] })),
  quoted.map((text) => ({ lines: [`'${text.replaceAll("'", "''")}'`], scalars: [text] })),
  fc
    .array(word, { minLength: 2, maxLength: 3 })
    .map((words) => ({ lines: words.map(noMark), scalars: [words.map(noMark).join(' ')] })),
  fc
    .array(word, { minLength: 1, maxLength: 3 })
    .map((words) => ({ lines: ['|', ...words], scalars: [`${words.join('\n')}\n`] })),
  fc
    .array(word, { minLength: 1, maxLength: 3 })
    .map((words) => ({ lines: ['>-', ...words], scalars: [words.join(' ')] })),
);

/** Where a further line begins, these would be something else than text. */
function noMark(text: string): string {
  return text === '~' || text === '-1' ? 'b' : text;
}

const flow: fc.Arbitrary<Part> = fc
  .array(fc.tuple(fc.constantFrom('k', '"q"'), word), { maxLength: 3 })
  .chain((pairs) =>
    fc.constantFrom(
      {
        lines: [`[${pairs.map(([, value]) => value).join(', ')}]`],
        scalars: pairs.map(([, value]) => value),
      },
      {
        lines: [`{${pairs.map(([key, value], i) => `${key === 'k' ? `k${i}` : `"q${i}"`}: ${value}`).join(', ')}}`],
        scalars: pairs.flatMap(([key, value], i) => [key === 'k' ? `k${i}` : `q${i}`, value]),
      },
    ),
  );

const { node } = fc.letrec<{ node: Part }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    flow,
    sequenceOf(tie('node')),
    mappingOf(tie('node')),
  ),
}));

function sequenceOf(item: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  return fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => ({
    lines: ['', ...items.flatMap(({ lines: [first, ...rest] }) => [`- ${first}`, ...rest.map((line) => `  ${line}`)])],
    scalars: items.flatMap(({ scalars }) => scalars),
  }));
}

function mappingOf(value: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  return fc.array(value, { minLength: 1, maxLength: 3 }).map((values) => ({
    lines: [
      '',
      ...values.flatMap(({ lines: [first, ...rest] }, i) => [`key${i}: ${first}`, ...rest.map((line) => `  ${line}`)]),
    ],
    scalars: values.flatMap(({ scalars }, i) => [`key${i}`, ...scalars]),
  }));
}

export const yamlDocument: fc.Arbitrary<YamlDocument> = fc
  .tuple(
    fc.oneof(sequenceOf(node), mappingOf(node)),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '\ufeff', '# c\n', '---\n'),
  )
  .map(([{ lines, scalars }, lineEnd, start]) => ({
    text: `${start}${lines.slice(1).join('\n')}\n`.replaceAll('\n', lineEnd),
    scalars,
  }));

const mark = fc.constantFrom(
  ...'\t\n :-,[]{}#"\'&*!|>%@?\\=~',
  '\n  ',
  '- ',
  ': ',
  '---\n',
  '\x07',
  '\u2028',
  '<<: *a',
  '&a ',
  '*a',
  '!x ',
);

/** Documents with something put in, taken out, or both. */
export const damagedYaml: fc.Arbitrary<string> = fc
  .tuple(yamlDocument, fc.array(fc.tuple(fc.nat(), mark, fc.nat(3)), { minLength: 1, maxLength: 4 }))
  .map(([{ text }, damages]) =>
    damages.reduce((damaged, [place, put, taken]) => {
      const at = place % (damaged.length + 1);
      return damaged.slice(0, at) + put + damaged.slice(at + taken);
    }, text),
  );
