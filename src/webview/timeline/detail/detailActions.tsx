import type { JSX } from 'preact';
import { ENTRY_ACTIONS, type EntryAction, type EntryDetail } from '../../../shared/timeline';

interface DetailActionsProps {
  detail: EntryDetail;
  onAction: (action: EntryAction) => void;
}

type Named = readonly [action: EntryAction, word: string, name: string];

const PLACES: readonly Named[] = [
  ['openChainLine', 'Chain line', 'Open chain line'],
  ['openSource', 'Source', 'Open source'],
  ['revealInTree', 'Sessions', 'Reveal in Sessions'],
];

const COPIES: readonly Named[] = [
  ['copyJson', 'JSON', 'Copy as JSON'],
  ['copyLine', 'Line', 'Copy as line'],
  ['copyAction', 'Action', 'Copy as action for aegis simulate'],
];

/** Where one can go from an entry, and as what it can be copied. */
export function DetailActions({ detail, onAction }: DetailActionsProps): JSX.Element {
  return (
    <div class="actions">
      <ActionRow title="Open" actions={PLACES} {...{ detail, onAction }} />
      <ActionRow title="Copy as" actions={COPIES} {...{ detail, onAction }} />
    </div>
  );
}

export function isPossible(detail: EntryDetail, action: EntryAction): boolean {
  return (detail.actions ?? ENTRY_ACTIONS).includes(action);
}

interface ActionRowProps extends DetailActionsProps {
  title: string;
  actions: readonly Named[];
}

function ActionRow({ title, actions, detail, onAction }: ActionRowProps): JSX.Element | null {
  const possible = actions.filter(([action]) => isPossible(detail, action));
  if (possible.length === 0) return null;
  return (
    <span class="action-row" role="group" aria-label={title}>
      <span class="dim">{title}</span>
      {possible.map(([action, word, name]) => (
        <button
          key={action}
          type="button"
          class="secondary"
          aria-label={name}
          title={name}
          onClick={() => onAction(action)}
        >
          {word}
        </button>
      ))}
    </span>
  );
}
