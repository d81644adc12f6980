import type { JSX, RefObject } from 'preact';
import type { EntryDetail } from '../../../shared/timeline';
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
      {detail === undefined ? (
        <p class="hint">{model.list.count > 0 ? 'Select an entry to see all that was recorded of it.' : ''}</p>
      ) : (
        <EntryDetailView detail={detail} model={model} />
      )}
    </section>
  );
}

function EntryDetailView({ detail, model }: { detail: EntryDetail; model: PageModel }): JSX.Element {
  const valueOf = (name: string): EntryDetail['fields'][number]['value'] | undefined =>
    detail.fields.find((field) => field.name === name)?.value;
  return (
    <>
      {model.isSelectedLeftOut && (
        <p class="left-out">This entry is not in the list: the filter or a closed group leaves it out.</p>
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
