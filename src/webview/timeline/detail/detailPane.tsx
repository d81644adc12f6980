import type { JSX, RefObject } from 'preact';
import type { EntryDetail, GapRow } from '../../../shared/timeline';
import { gapSentence } from '../list/groupLine';
import { DetailActions, isPossible } from './detailActions';
import { DetailHead } from './detailHead';
import { FieldsTable } from './fieldsTable';
import { JsonSection } from './jsonSection';
import type { PageModel } from '../model/pageModel';

interface DetailPaneProps {
  model: PageModel;
  pane: RefObject<HTMLElement | null>;
  onList: () => void;
}

/** All that was recorded of the selected entry. */
export function DetailPane({ model, pane, onList }: DetailPaneProps): JSX.Element {
  const { shown: detail } = model.detail;
  return (
    <section
      class="detail"
      id="detail"
      ref={pane}
      tabIndex={-1}
      aria-label="Selected entry"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onList();
      }}
    >
      {model.gapAtCursor !== undefined ? (
        <GapDetail gap={model.gapAtCursor} />
      ) : detail === undefined ? (
        <p class="hint">{hintOf(model)}</p>
      ) : (
        <EntryDetailView detail={detail} model={model} />
      )}
    </section>
  );
}

/** What a line about deleted rows means. */
function GapDetail({ gap }: { gap: GapRow }): JSX.Element {
  return (
    <div class="detail-head">
      <h2>{gapSentence(gap)}</h2>
      <p>
        The ids of an audit database rise by one and are never given twice, so rows with these ids were there. What they
        held, and of which session they were, the log does not tell.
      </p>
    </div>
  );
}

function hintOf({ list, isFrozen, state, detail }: PageModel): string {
  if (detail.isGone) return 'The entry is not in the log any more: it was deleted, or the log is another one now.';
  if (list.count === 0) return '';
  if (isFrozen && state?.selected !== undefined)
    return 'The log cannot be read now: no more is known of this entry than the list shows.';
  return 'Select an entry to see all that was recorded of it.';
}

function EntryDetailView({ detail, model }: { detail: EntryDetail; model: PageModel }): JSX.Element {
  const valueOf = (name: string): EntryDetail['fields'][number]['value'] | undefined =>
    detail.fields.find((field) => field.name === name)?.value;
  return (
    <>
      {model.detail.isGone ? (
        <p class="left-out">
          The entry is not in the log any more: it was deleted, or the log is another one now. This was read before.
        </p>
      ) : (
        model.isSelectedLeftOut && (
          <p class="left-out">This entry is not in the list: the filter or a closed group leaves it out.</p>
        )
      )}
      <DetailHead
        detail={detail}
        zone={model.state?.zone ?? 'local'}
        onOpenRule={isPossible(detail, 'openRule') ? () => model.act('openRule', detail.key) : undefined}
      />
      <DetailActions detail={detail} onAction={(action) => model.act(action, detail.key)} />
      {detail.trees.map((tree) => {
        const value = valueOf(tree.name);
        const shown = value === undefined ? undefined : model.detail.valueOf(tree.name, value);
        return (
          <JsonSection
            key={`${detail.key} ${tree.name}`}
            tree={tree}
            value={shown}
            isWhole={shown !== value}
            onShowAll={() => model.showWhole(tree.name)}
            onShorten={() => model.shorten(tree.name)}
          />
        );
      })}
      <section>
        <div class="section-head">
          <h3>Fields</h3>
        </div>
        <FieldsTable
          detail={detail}
          model={model.detail}
          onShowAll={(name) => model.showWhole(name)}
          onShorten={(name) => model.shorten(name)}
        />
      </section>
    </>
  );
}
