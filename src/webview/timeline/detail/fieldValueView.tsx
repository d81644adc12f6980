import type { JSX } from 'preact';
import type { FieldValue } from '../../../shared/timeline';
import { LogText, LongLogText } from '../logText';

interface FieldValueViewProps {
  name: string;
  value: FieldValue;
  /** It was asked for in full, and here it is. */
  isWhole: boolean;
  onShowAll: () => void;
  onShorten: () => void;
}

/** A value as recorded, or that there is none. */
export function FieldValueView({ name, value, isWhole, onShowAll, onShorten }: FieldValueViewProps): JSX.Element {
  switch (value.kind) {
    case 'null':
      return <span class="nothing">not recorded</span>;
    case 'absent':
      return (
        <span class="nothing" title="This log has no such field">
          not recorded
        </span>
      );
    case 'number':
      return (
        <span class="value">
          <LogText text={value.text} limit={2000} />
        </span>
      );
    case 'text':
      return (
        <>
          {value.text === '' ? (
            <span class="nothing">empty text</span>
          ) : (
            <span class={isWhole ? 'value long' : 'value'} tabIndex={isWhole ? 0 : undefined}>
              {isWhole ? <LongLogText text={value.text} /> : <LogText text={value.text} limit={Infinity} hasLines />}
              {!isWhole && value.length > value.text.length && '…'}
            </span>
          )}
          {value.damaged && <span class="note">not valid UTF-8: what could not be read stands as U+FFFD</span>}
          <More {...{ name, isWhole, onShowAll, onShorten }} isCut={value.length > value.text.length}>
            {`${value.length.toLocaleString('en-US')} characters`}
          </More>
        </>
      );
    case 'bytes':
      return (
        <>
          <span class={isWhole ? 'value long' : 'value'} tabIndex={isWhole ? 0 : undefined}>
            {isWhole ? <LongLogText text={value.text} /> : <LogText text={value.text} limit={Infinity} />}
            {!isWhole && value.length * 2 > value.text.replaceAll(' ', '').length && '…'}
          </span>
          <span class="note">{`${value.length.toLocaleString('en-US')} bytes, in hexadecimal`}</span>
          <More
            {...{ name, isWhole, onShowAll, onShorten }}
            isCut={value.length * 2 > value.text.replaceAll(' ', '').length}
          >
            {`${value.length.toLocaleString('en-US')} bytes`}
          </More>
        </>
      );
  }
}

interface MoreProps extends Omit<FieldValueViewProps, 'value'> {
  isCut: boolean;
  /** How much there is. */
  children: string;
}

function More({ name, isWhole, isCut, onShowAll, onShorten, children }: MoreProps): JSX.Element | null {
  if (isWhole)
    return (
      <button type="button" class="link" aria-label={`Show less of ${name}`} onClick={onShorten}>
        Show less
      </button>
    );
  if (!isCut) return null;
  return (
    <button type="button" class="link" aria-label={`Show all of ${name} (${children})`} onClick={onShowAll}>
      Show all ({children})
    </button>
  );
}
