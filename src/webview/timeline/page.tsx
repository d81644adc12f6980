import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { DetailPane } from './detail/detailPane';
import { EmptyList } from './list/emptyList';
import { EntryList } from './list/entryList';
import { Failures } from './failures';
import { HistogramBar } from './time/histogramBar';
import type { PageModel } from './model/pageModel';
import { SourceHeader } from './sourceHeader';
import { Splitter } from './splitter';
import { Toolbar } from './toolbar';
import { useMediaQuery } from './useMediaQuery';

/** Narrower than this, the detail stands below the list. */
const STACKED = '(max-width: 700px)';
const DEFAULT_SPLIT = 0.36;

/** The whole page. */
export function Page({ model }: { model: PageModel }): JSX.Element | null {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  useEffect(() => model.subscribe(() => redraw(undefined)), [model]);
  const input = useRef<HTMLInputElement>(null);
  const frame = useRef<HTMLElement>(null);
  const detail = useRef<HTMLElement>(null);
  const isStacked = useMediaQuery(STACKED);
  const { facts, state, failures, shownProblem, findings } = model;

  const toList = (): void => frame.current?.querySelector<HTMLElement>('.list')?.focus();
  const toFilter = (): void => input.current?.select();
  usePageKeys(model, toFilter);
  useLayoutEffect(() => {
    if (!model.isFocusDue || frame.current === null) return;
    model.isFocusDue = false;
    toList();
  });
  useEffect(() => {
    // Whoever comes to the page otherwise, and was nowhere in it, is at the list too.
    const onFocus = (): void => {
      if (document.activeElement === document.body) toList();
    };
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, []);

  const header = useMemo(
    () =>
      facts !== undefined && (
        <SourceHeader
          facts={facts}
          zone={state?.zone ?? 'local'}
          onExport={() => model.exportEntries()}
          onVerify={() => model.verify()}
        />
      ),
    [model, facts, state?.zone],
  );
  const shown = model.detail.shown;
  const whole = model.detail.version;
  const isListed = model.list.count > 0;
  const detailPane = useMemo(
    () => <DetailPane model={model} pane={detail} onList={toList} />,
    // What of the model the pane draws.
    [
      model,
      shown,
      whole,
      isListed,
      model.gapAtCursor,
      model.detail.isGone,
      model.isFrozen,
      model.isSelectedLeftOut,
      state?.selected,
      state?.zone,
    ],
  );

  if (facts === undefined || state === undefined) return null;
  const split = state.split ?? DEFAULT_SPLIT;
  return (
    <>
      {header}
      <Failures failures={failures.items} onDismiss={(id) => model.dismiss(id)} />
      <Toolbar model={model} input={input} onList={toList} />
      <HistogramBar model={model} />
      <main class={isStacked ? 'stacked' : ''} ref={frame} style={{ '--detail': `${split * 100}%` }}>
        <div class="list-frame">
          <EntryList
            model={model}
            isDimmed={shownProblem !== null}
            onOpen={() => detail.current?.focus()}
            onFilter={toFilter}
          />
          {(findings !== undefined || model.isFrozen) && !isListed && <EmptyList model={model} />}
        </div>
        <Splitter frame={frame} split={split} isStacked={isStacked} onSplit={(part) => model.setSplit(part)} />
        {detailPane}
      </main>
      <div class="unseen" role="status" aria-live="polite">
        {model.announcement}
      </div>
    </>
  );
}

/** Keys that mean the same wherever the focus is. */
function usePageKeys(model: PageModel, toFilter: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const isModified = event.ctrlKey || event.metaKey;
      if (event.key === 'F3' && !isModified && !event.altKey) model.step(event.shiftKey ? -1 : 1);
      else if (event.key === 'f' && isModified && !event.altKey && !event.shiftKey) toFilter();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
}
