import { visible } from '../../core/text/visible';
import { YAML_TAG, shownTag } from '../../core/policy/yamlTags';
import type { Span, YamlProblem } from '../../core/policy/yamlTree';
import { problemAt } from './fault';
import type { RawAlias, RawNode } from './rawNodes';

/** Sentences for what can be read, but of which the loader makes no value. */

export function badTag({ kind, tag, tagSpan, span }: RawNode): YamlProblem {
  const { start, end } = tagSpan ?? span;
  const special = kind === 'scalar' && tagSpan === undefined ? SPECIAL.get(tag) : undefined;
  if (special !== undefined) return problemAt(start, end, special);
  const shown = visible(shownTag(tag));
  const message = KNOWN.has(tag)
    ? `The tag ${shown} does not fit what stands behind it, and the loader refuses it. Remove the tag.`
    : `The loader knows no tag ${shown} and refuses it. Remove the tag, or put the text in quotes if the ! belongs to it.`;
  return problemAt(start, end, message, 'yaml-tag');
}

const KNOWN: ReadonlySet<string> = new Set(Object.values(YAML_TAG));

const SPECIAL: ReadonlyMap<string, string> = new Map([
  [YAML_TAG.merge, '<< brings in a mapping where it is a key, and the loader refuses it here. Put it in quotes.'],
  [YAML_TAG.value, 'The loader refuses a lone = here. Put it in quotes.'],
]);

export function badValue({ tag, tagSpan, span }: RawNode): YamlProblem {
  const { start, end } = span;
  if (tagSpan !== undefined) {
    const message = `The loader cannot make ${visible(shownTag(tag))} of this text. Correct the text, or remove the tag.`;
    return problemAt(start, Math.max(end, tagSpan.end), message, 'yaml-tag');
  }
  const message =
    tag === YAML_TAG.timestamp
      ? 'Without quotes this is a date, and there is no such day or time. Put it in quotes if it is a text.'
      : 'Without quotes this is a number, and the loader cannot read it. Put it in quotes if it is a text.';
  return problemAt(start, end, message);
}

export function badKey({ start, end }: Span): YamlProblem {
  const message =
    'A key must be a single value, and this is a list or a mapping. Put it in quotes if it is a text, such as a template in {{ }}.';
  return problemAt(start, end, message);
}

export function unknownAlias({ span: { start, end }, name }: RawAlias): YamlProblem {
  const message = `A * stands for another place of the file, and nothing above is named &${name}. Put the text in quotes if the * belongs to it.`;
  return problemAt(start, end, message);
}
