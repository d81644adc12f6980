import type { JSX } from 'preact';
import type { PageModel } from '../model/pageModel';

/** Why the list is empty, and what helps. */
export function EmptyList({ model }: { model: PageModel }): JSX.Element | null {
  const { findings, state, facts, problem } = model;
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
