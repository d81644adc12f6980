import type { JSX } from 'preact';
import type { PageModel } from '../model/pageModel';

/** Why the list is empty, and what helps. */
export function EmptyList({ model }: { model: PageModel }): JSX.Element | null {
  const { findings, state, facts, problem } = model;
  if (findings === undefined && model.isFrozen) return <p class="empty">{unreadSentence(model)}</p>;
  if (findings === undefined || state === undefined || problem !== null || model.list.isWaiting) return null;
  if (findings.searched < 1) return <p class="empty">Searching…</p>;
  if (findings.total === 0)
    return (
      <p class="empty">
        {facts?.session === null ? 'There are no entries in this log.' : 'There are no entries in this session.'}
        {facts?.live === true && ' What is recorded from now on appears here.'}
      </p>
    );
  return (
    <div class="empty">
      <p>No entry matches the filter.</p>
      <button
        type="button"
        class="secondary"
        onClick={() => {
          model.choices.clearFilter();
        }}
      >
        Clear filter
      </button>
    </div>
  );
}

/** Where it is no trouble, nothing above the list says it either. */
function unreadSentence({ facts }: PageModel): string {
  return facts?.unread?.isEmpty === true
    ? `${facts.unread.message} What is recorded from now on appears here.`
    : 'There is nothing to show of this log.';
}
