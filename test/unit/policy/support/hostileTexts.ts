/** Policies that are made to take long or to throw, each of about as many characters as are asked for. */

const HEAD = 'version: "1"\ndefaults: { approval: approve }\nrules:\n';
const VERDICTS = ['auto', 'approve', 'block'];

function filled(part: string, size: number): string {
  return part.repeat(Math.ceil(size / part.length));
}

function counted(line: (i: number) => string, size: number): string {
  const lines: string[] = [];
  for (let i = 0, length = 0; length < size; i++) {
    lines.push(line(i));
    length += lines[i].length;
  }
  return lines.join('');
}

function rules(size: number, type: (i: number) => string, rest: (i: number) => string = () => 'block'): string {
  return HEAD + counted((i) => `  - {name: r${i}, match: {type: "${type(i)}"}, approval: ${rest(i)}}\n`, size);
}

/** Half of it is one large thing, and half of it places at which that stands. */
function shared(value: (size: number) => string, rule: string): (size: number) => string {
  return (size) => `x: &x ${value(size / 2)}\n${HEAD}${filled(`  - ${rule}\n`, size / 2)}`;
}

const manyKeys = (size: number): string => `{${counted((i) => `k${i}: 1, `, size)}}`;
const manyTexts = (size: number): string => `[${filled('"a", ', size)}]`;
const longText = (size: number): string => `"${filled('1:', size)}"`;
const manyWords = (size: number): string => `"${counted((i) => `w${i} `, size)}"`;

/** Each holds the one above ten times. */
function bomb(levels: number, open: string, item: (i: number, last: string) => string, close: string): string {
  return counted((level) => {
    const items = Array.from({ length: 10 }, (_, i) => item(i, level === 0 ? '"x"' : `*b${level - 1}`));
    return level < levels ? `b${level}: &b${level} ${open}${items.join(', ')}${close}\n` : ' \n';
  }, levels * 80);
}

const BOMBED =
  '  - {name: *b40, match: {type: *b40}, conditions: {param_eq: {n: *b40}, param_matches: {n: *b40}}}\n' +
  '  - {name: "", match: {type: *b3, target: *b40}, conditions: {param_gt: *b40, weekdays: *b40, semantic: *b40}}\n' +
  '  - *b40\n';

export const HOSTILE_TEXTS: Readonly<Record<string, (size: number) => string>> = {
  'brackets that nobody closes': (size) => filled('[', size),
  'brackets in each other, closed': (size) => `rules: ${'['.repeat(size / 2)}${']'.repeat(size / 2)}\n`,
  'braces that nobody closes': (size) => filled('{a: ', size),
  'dashes in each other': (size) => `rules:\n  ${filled('- ', size)}`,
  'lines that are indented ever further': (size) => counted((i) => `${' '.repeat(i)}a:\n`, size),
  'items in one bracket': (size) => `rules: [${filled('a,', size)}]`,
  'keys in one bracket': manyKeys,
  'rules with nothing in them': (size) => HEAD + filled('  - {}\n', size),
  'rules that are none': (size) => HEAD + filled('  -\n', size),
  'rules that the loader refuses': (size) => HEAD + filled('  - {approval: x, match: {type: 5}}\n', size),
  'lines that are wrong': (size) => HEAD + filled('  - {name: a}\n  - a: b: c\n', size),
  'quotes that nobody closes': (size) => HEAD + filled('  - name: "a\n    match: {type: x}\n', size),
  'one key again and again': (size) => filled('a: 1\n', size),
  'keys that are nearly right': (size) => HEAD + counted((i) => `  - {aproval${i}: 1}\n`, size),
  'one name again and again': (size) => HEAD + filled('  - {name: a, match: {type: x}}\n', size),
  'names that are taken': (size) => HEAD + counted((i) => `  - {name: a${i % 2 === 0 ? '' : `_${i}`}}\n`, size),
  'remarks above a rule': (size) =>
    `${HEAD}${filled('  # x\n', size / 2)}${filled('  - {match: {type: "*"}}\n', size / 2)}`,
  'aliases that hold each other': (size) => `- &a0 []\n${counted((i) => `- &a${i + 1} [*a${i}]\n`, size)}`,
  'a billion texts in lists': (size) => bomb(41, '[', (_, last) => last, ']') + HEAD + filled(BOMBED, size),
  'a billion texts in mappings': (size) =>
    bomb(41, '{', (i, last) => `k${i}: ${last}`, '}') + HEAD + filled(BOMBED, size),
  'a billion entries by <<': (size) =>
    `b0: &b0 {k: 1}\n${counted((i) => `b${i + 1}: &b${i + 1} {<<: [*b${i}, *b${i}], k${i}: 1}\n`, size)}`,
  'a rule that stands everywhere': shared(() => '{match: {type: "*"}}', '*x'),
  'a match of many keys everywhere': shared(manyKeys, '{match: *x}'),
  'conditions of many keys everywhere': shared(manyKeys, '{conditions: *x}'),
  'many parameters everywhere': shared(manyKeys, '{conditions: {param_eq: *x, param_gt: *x, param_matches: *x}}'),
  'many days everywhere': shared((size) => `[${filled('8, ', size)}]`, '{conditions: {weekdays: *x}}'),
  'many words everywhere': shared(manyWords, '{conditions: {semantic: *x}}'),
  'a long time everywhere': shared(longText, '{conditions: {time_after: *x, time_before: *x}}'),
  'a long pattern everywhere': shared(
    (size) => `"${filled('*a?', size)}"`,
    '{match: {type: *x, target: *x, agent: *x}}',
  ),
  'a list for a pattern everywhere': shared(manyTexts, '{name: "", match: {type: *x, target: *x}}'),
  'a long name everywhere': shared(longText, '{name: *x, match: {type: *x}}'),
  'a long approval everywhere': shared(longText, '{approval: *x, risk_level: *x}'),
  'a long expression everywhere': shared(longText, '{conditions: {param_matches: {n: *x}, param_lt: {m: *x}}}'),
  'long steps everywhere': (size) =>
    `x: &x ${longText(size / 2)}\nplan_rules: {sequence_patterns: [${filled('{steps: *x, window: *x}, ', size / 2)}]}\n`,
  'commas behind a brace': (size) => `${HEAD}  - {match: {type: "{${filled(',', size)}"}}\n`,
  'brackets in a pattern': (size) =>
    `${HEAD}  - {match: {type: "${filled('[', size)}", target: "[${filled('a-', size)}]"}}\n`,
  'parameters in one rule': (size) =>
    `${HEAD}  - {conditions: {param_eq: ${manyKeys(size)}}}\n  - {match: {type: x}}\n`,
  'rules that are for everything': (size) =>
    rules(
      size,
      () => '*',
      (i) => VERDICTS[i % 3],
    ),
  'patterns that overlap': (size) =>
    rules(
      size,
      (i) => `*${'abcdefghij'[i % 10]}*${i % 50}*`,
      (i) => VERDICTS[i % 3],
    ),
  'patterns of sets': (size) => rules(size, (i) => `[a-z][!${'abcdefghij'[i % 10]}]*[0-9]${i % 9}*`),
  'patterns that have many states together': (size) =>
    rules(size, (i) => `*${'ab'[i % 2]}${'?'.repeat(i % 20)}*${i % 7}`),
  'patterns on all that is matched': (size) =>
    HEAD + counted((i) => `  - {match: {type: "*${i % 13}*", target: "*${i % 17}*", agent: "?*${i % 19}"}}\n`, size),
  'conditions that overlap': (size) =>
    rules(
      size,
      () => 'r*',
      (i) => `${VERDICTS[2 - (i % 3)]}, conditions: {param_gt: {n${i % 40}: ${i}}, param_lt: {m: ${i}}}`,
    ),
  'times that overlap': (size) =>
    rules(
      size,
      () => 'r*',
      (i) => `block, conditions: {time_after: "${10 + (i % 13)}:${10 + (i % 49)}", weekdays: [${1 + (i % 7)}]}`,
    ),
  'words that overlap': (size) =>
    rules(
      size,
      () => 'r*',
      (i) => `auto, conditions: {semantic: "w${i} delete w${i % 7}"}`,
    ),
  'expressions that take long': (size) =>
    rules(
      size,
      () => 'x',
      (i) => `block, conditions: {param_matches: {n: "(a+)+\\\\1(b+b+)+${i}"}}`,
    ),
  'expressions with large repeats': (size) =>
    rules(
      size,
      () => 'x',
      (i) => `block, conditions: {param_matches: {n: "((((a{1,99}){1,99}){1,99}){1,99}b)${i}"}}`,
    ),
  'expressions of many groups': (size) =>
    rules(
      size,
      () => 'x',
      (i) => `block, conditions: {param_matches: {n: "${'('.repeat(90)}${i}${')*'.repeat(90)}"}}`,
    ),
};
