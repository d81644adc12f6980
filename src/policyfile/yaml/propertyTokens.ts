import type { Span } from '../../core/policy/yamlTree';
import { NO_PROPERTIES, type Properties } from './documentBuilder';
import { faultAt } from './fault';
import type { Scanner } from './scanner';
import type { TagToken } from './tokens';

/** What the handles of a document's tags stand for. */
export type TagHandles = ReadonlyMap<string, string>;

export const DEFAULT_HANDLES: TagHandles = new Map([
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]);

/** A tag and an anchor, in either order. Returns NO_PROPERTIES itself where there is neither. */
export function readProperties(scanner: Scanner, handles: TagHandles): Properties {
  let properties = NO_PROPERTIES;
  for (let i = 0; i < 2; i++) {
    const token = scanner.peek();
    const span: Span = { start: token.start, end: token.end };
    if (token.kind === 'anchor' && properties.anchor === undefined) {
      properties = { ...properties, anchor: token.name, anchorSpan: span };
    } else if (token.kind === 'tag' && properties.tag === undefined) {
      properties = { ...properties, tag: fullTag(token, handles), tagSpan: span };
    } else {
      break;
    }
    scanner.take();
  }
  return properties;
}

function fullTag({ start, end, handle, suffix }: TagToken, handles: TagHandles): string {
  if (handle === undefined) return suffix;
  const prefix = handles.get(handle);
  if (prefix === undefined) {
    const message = `The tag's ${handle} is declared nowhere. Remove the tag, or put the value in quotes if the ! belongs to it.`;
    throw faultAt(start, end, message, 'yaml-tag');
  }
  return prefix + suffix;
}
