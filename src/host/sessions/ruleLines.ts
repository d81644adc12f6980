/** What the log says where no rule matched and the policy's defaults decided. */
export const DEFAULT_RULE = '<default>';

/** The lines of a policy that name the rule, or begin its defaults; 0-based. */
export function ruleLines(text: string, name: string): { readonly line: number; readonly column: number }[] {
  const lines = text.split(/\r\n?|\n/);
  if (!lines.some((line) => /^(rules|defaults)\s*:/.test(line))) return [];
  return lines.flatMap((content, line) => {
    if (name === DEFAULT_RULE) return /^defaults\s*:/.test(content) ? [{ line, column: 0 }] : [];
    const found = /^(\s*(?:-\s+)?)(?:name|"name"|'name')\s*:\s+(\S.*)$/.exec(content);
    return found !== null && scalarOf(found[2]) === name ? [{ line, column: found[1].length }] : [];
  });
}

/** Where a policy's rules begin; undefined where it has none. Told by the start of a line alone. */
export function startOfRules(text: string): { readonly line: number; readonly column: number } | undefined {
  const line = text.split(/\r\n?|\n/).findIndex((content) => /^(?:rules|"rules"|'rules')\s*:/.test(content));
  return line === -1 ? undefined : { line, column: 0 };
}

/** Whether a policy seems to have rules in flow style, `{name: x, …}`: in those, names are not looked for. */
export function hasFlowStyle(text: string): boolean {
  return text.split(/\r\n?|\n/).some((content) => /^(?:\s*-\s*\{|rules\s*:\s*\[)/.test(content));
}

/**
 * Why a rule of that name may stand in a policy all the same though it was not found there: the reference names rules that have no name. A
 * sentence; undefined where there is no reason to think so.
 */
export function whyUnnamed(name: string): string | undefined {
  const place = /^rule_(\d{1,9})$/.exec(name)?.[1];
  if (place !== undefined) {
    const number = (Number(place) + 1).toLocaleString('en-US');
    return `This is what a log calls rule number ${number} of a policy where that rule has no name, and such rules are not looked for.`;
  }
  if (!name.includes('@')) return undefined;
  return 'This is what a log calls a rule whose name is empty, and such rules are not looked for.';
}

/** What a YAML scalar on one line stands for, as far as names go. */
function scalarOf(source: string): string {
  const single = /^'((?:[^']|'')*)'/.exec(source);
  if (single !== null) return single[1].replace(/''/g, "'");
  const double = /^"(?:[^"\\]|\\.)*"/.exec(source);
  if (double !== null) {
    try {
      return JSON.parse(double[0]) as string;
    } catch {
      return double[0].slice(1, -1);
    }
  }
  return withoutComment(source).trim();
}

/** A comment begins with a # behind white space. Looked for by hand: a pattern for it takes forever over a line of spaces. */
function withoutComment(source: string): string {
  for (let at = source.indexOf('#', 1); at !== -1; at = source.indexOf('#', at + 1)) {
    if (/\s/.test(source[at - 1])) return source.slice(0, at);
  }
  return source;
}
