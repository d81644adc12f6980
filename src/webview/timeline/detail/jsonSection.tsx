import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EntryDetail, FieldValue } from '../../../shared/timeline';
import { visible } from '../../../core/text/visible';
import { FieldValueView } from './fieldValueView';
import { JsonTreeView } from './jsonTreeView';
import { LogText } from '../logText';

interface JsonSectionProps {
  tree: EntryDetail['trees'][number];
  /** The same as it was recorded. */
  value: FieldValue | undefined;
  isWhole: boolean;
  onShowAll: () => void;
  onShorten: () => void;
}

const TITLES = new Map([
  ['action_params', 'Parameters'],
  ['result_data', 'Result'],
  ['metadata', 'Metadata'],
]);

/** A field that holds JSON: as a tree, or as it was written. */
export function JsonSection({ tree, value, isWhole, onShowAll, onShorten }: JsonSectionProps): JSX.Element {
  const [isText, setText] = useState(false);
  const title = TITLES.get(tree.name) ?? tree.name;
  /** Where a name can only be text. */
  const label = visible(title, 80);
  return (
    <section class="json-section">
      <div class="section-head">
        <h3>
          <LogText text={title} limit={80} />
        </h3>
        {value !== undefined && (
          <span class="switch" role="group" aria-label="Shown as">
            <button type="button" aria-pressed={!isText} onClick={() => setText(false)}>
              Tree
            </button>
            <button type="button" aria-pressed={isText} onClick={() => setText(true)}>
              Text
            </button>
          </span>
        )}
      </div>
      {isText && value !== undefined ? (
        <div class="json-plain">
          <FieldValueView name={label} {...{ value, isWhole, onShowAll, onShorten }} />
        </div>
      ) : (
        <>
          <JsonTreeView label={label} root={tree.root} />
          {tree.cut && <div class="note">There is more of it than is drawn as a tree; the text has all of it.</div>}
        </>
      )}
    </section>
  );
}
