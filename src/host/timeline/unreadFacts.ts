import type { SourceFacts } from '../../shared/timeline';
import type { LogFailure } from '../sessions/logReader';

/**
 * What a page is told where its log cannot be read.
 *
 * @param shown what it was told of the entries that it shows, where it shows any: those were read before, and stay.
 */
export function unreadFacts(
  log: Pick<SourceFacts, 'name' | 'session'>,
  { message, code }: LogFailure,
  shown: SourceFacts | undefined,
): SourceFacts {
  const isEmpty = code === 'empty';
  const unread = { message, isEmpty };
  if (shown === undefined) {
    const nothing = { kind: null, total: null, from: null, to: null, live: false, verdict: null } as const;
    return { ...log, ...nothing, warnings: isEmpty ? [] : [message], unread };
  }
  const what = code === 'missing' ? 'The file is gone: it was deleted or moved.' : message;
  return { ...shown, live: false, warnings: [`${what} What is shown was read before.`, ...shown.warnings], unread };
}
