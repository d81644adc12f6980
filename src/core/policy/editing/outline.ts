import { visible } from '../../text/visible';
import { entryOf } from '../entryOf';
import type { LintContext, LintedRule } from '../lint/lintContext';
import type { MappingEntry, MappingNode, Span, YamlNode } from '../yamlTree';
import { ruleName } from './ruleHeads';

/** A part of a policy, as an outline has it. */
export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'section' | 'rule' | 'sequence' | 'limit';
  /** All of it. */
  readonly span: Span;
  /** What is gone to; within all of it. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineSymbol[];
}

/** The sections of a policy, its rules by the names that the audit trail has, and its rules for plans. */
export function outlineOf(context: LintContext): OutlineSymbol[] {
  const { root } = context;
  if (root === undefined) return [];
  const sections: [string, (entry: MappingEntry) => Pick<OutlineSymbol, 'detail' | 'children'>][] = [
    ['defaults', ({ value }) => ({ detail: verdictOf(value), children: [] })],
    ['rules', () => ({ detail: '', children: context.rules.map((linted) => ruleSymbol(context, linted)) })],
    ['plan_rules', ({ value }) => ({ detail: '', children: planSymbols(value) })],
  ];
  return sections
    .flatMap(([name, content]) => {
      const entry = entryOf(root, name);
      if (entry === undefined) return [];
      const { key, value } = entry;
      return [
        { name, kind: 'section' as const, span: around(key.span, value.span), nameSpan: key.span, ...content(entry) },
      ];
    })
    .sort((a, b) => a.span.start - b.span.start);
}

function ruleSymbol({ source }: LintContext, linted: LintedRule): OutlineSymbol {
  const { place, name, node } = linted;
  const nameSpan = name !== undefined && isWithin(name.value.span, place) ? name.value.span : source.firstLine(place);
  return {
    name: ruleName(linted),
    detail: node === undefined ? '' : verdictOf(node),
    kind: 'rule',
    span: place,
    nameSpan: isWithin(nameSpan, place) ? nameSpan : place,
    children: [],
  };
}

/** `block · high`, as written. */
function verdictOf(node: YamlNode): string {
  if (node.kind !== 'mapping') return '';
  return ['approval', 'risk_level'].flatMap((name) => wordOf(node, name)).join(' · ');
}

function wordOf(node: MappingNode, name: string): string[] {
  const value = entryOf(node, name)?.value;
  return value?.kind === 'scalar' && value.text !== '' ? [visible(value.text, 40)] : [];
}

function planSymbols(node: YamlNode): OutlineSymbol[] {
  if (node.kind !== 'mapping') return [];
  const sequences = entryOf(node, 'sequence_patterns')?.value;
  const limit = entryOf(node, 'cumulative_risk');
  const items = sequences?.kind === 'sequence' ? sequences.items : [];
  return [
    ...items.flatMap((item, i): OutlineSymbol[] => {
      if (item.kind !== 'mapping') return [];
      const [name = `sequence ${i + 1}`] = wordOf(item, 'name');
      return [
        {
          name,
          detail: wordOf(item, 'approval').join(''),
          kind: 'sequence',
          span: item.span,
          nameSpan: item.span,
          children: [],
        },
      ];
    }),
    ...(limit === undefined
      ? []
      : [
          {
            name: 'cumulative_risk',
            detail: limit.value.kind === 'mapping' ? wordOf(limit.value, 'on_exceed').join('') : '',
            kind: 'limit' as const,
            span: around(limit.key.span, limit.value.span),
            nameSpan: limit.key.span,
            children: [],
          },
        ]),
  ];
}

/** An alias's value stands elsewhere. */
function around(key: Span, value: Span): Span {
  return value.start >= key.end ? { start: key.start, end: value.end } : key;
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
