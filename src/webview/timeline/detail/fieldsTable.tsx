import type { JSX } from 'preact';
import type { EntryDetail } from '../../../shared/timeline';
import { visible } from '../../../core/text/visible';
import type { DetailModel } from '../model/detailModel';
import { FieldValueView } from './fieldValueView';
import { LogText } from '../logText';

interface FieldsTableProps {
  detail: EntryDetail;
  model: DetailModel;
  onShowAll: (name: string) => void;
  onShorten: (name: string) => void;
}

/** Every field of an entry, in the log's order. */
export function FieldsTable({ detail, model, onShowAll, onShorten }: FieldsTableProps): JSX.Element {
  return (
    <table class="fields" aria-label="Fields">
      <tbody>
        {detail.fields.map(({ name, value }) => {
          const shown = model.valueOf(name, value);
          return (
            <tr key={name} class={value.kind === 'absent' ? 'absent' : ''}>
              <th scope="row">
                <LogText text={name} limit={100} />
              </th>
              <td>
                <FieldValueView
                  name={visible(name, 100)}
                  value={shown}
                  isWhole={shown !== value}
                  onShowAll={() => onShowAll(name)}
                  onShorten={() => onShorten(name)}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
