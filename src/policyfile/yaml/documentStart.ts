import { faultAt } from './fault';
import { DEFAULT_HANDLES, type TagHandles } from './propertyTokens';
import type { Scanner } from './scanner';
import type { DirectiveToken } from './tokens';

export interface DocumentStart {
  readonly handles: TagHandles;
  /** `---` stands there. */
  readonly isExplicit: boolean;
}

/**
 * The directives and the `---` before a document.
 *
 * @param isFirst the first document of a text needs none.
 */
export function startDocument(scanner: Scanner, isFirst: boolean): DocumentStart {
  const first = scanner.peek().kind;
  if (first === 'stream-end' || (isFirst && first !== 'directive' && first !== 'document-start')) {
    return { handles: DEFAULT_HANDLES, isExplicit: false };
  }
  const handles = new Map<string, string>();
  let hasVersion = false;
  for (let token = scanner.peek(); token.kind === 'directive'; token = scanner.peek()) {
    const { directive } = token;
    if (directive.name === 'YAML') {
      if (hasVersion) throw badDirective(token, 'The version of YAML is stated twice. Remove one of the two lines.');
      if (!/^0*1$/.test(directive.major))
        throw badDirective(token, 'The loader takes only YAML 1. State 1.1, or remove the line.');
      hasVersion = true;
    } else if (directive.name === 'TAG') {
      if (handles.has(directive.handle))
        throw badDirective(token, 'This declares a handle of tags a second time. Remove the line.');
      handles.set(directive.handle, directive.prefix);
    }
    scanner.take();
  }
  const { kind, start, end } = scanner.peek();
  if (kind !== 'document-start') throw faultAt(start, end, isFirst ? AFTER_DIRECTIVES : AFTER_DOCUMENT);
  scanner.take();
  return { handles: new Map([...DEFAULT_HANDLES, ...handles]), isExplicit: true };
}

function badDirective({ start, end }: DirectiveToken, message: string): Error {
  return faultAt(start, end, message);
}

const AFTER_DIRECTIVES = 'After lines that begin with %, a line with --- must stand before the content. Put it there.';
const AFTER_DOCUMENT =
  'The document has ended before this. Indent it like the first line if it belongs there, or remove what stands between.';
