import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { contextOf, lineId } from './entryLine';
import { LineBlock } from './lineBlock';
import { listKeyDown } from './listKeys';
import type { PageModel } from '../model/pageModel';
import { BLOCK_ROWS, useRowBlocks } from './rowBlocks';
import { day, isSameDay } from '../time/shownTime';
import { tallScroll } from './tallScroll';
import { useSize } from '../useSize';

/** As high as the lines of the editor's own lists. */
export const ROW_PX = 22;

interface EntryListProps {
  model: PageModel;
  /** The rows belong to a filter that cannot be read any more. */
  isDimmed: boolean;
  /** Enter was pressed on an entry. */
  onOpen: () => void;
  onFilter: () => void;
}

/** The list: a window on as many rows as there are. */
export function EntryList({ model, isDimmed, onOpen, onFilter }: EntryListProps): JSX.Element {
  const { list, state, facts } = model;
  const scroller = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const size = useSize(pane);
  const paneHeight = size?.height ?? 0;
  const offset = list.top * ROW_PX;
  const scroll = tallScroll(list.count * ROW_PX, paneHeight);
  const blocks = useRowBlocks(pane, list.count, ROW_PX, offset);
  const zone = state?.zone ?? 'local';
  const isGrouped = list.shown?.isGrouped === true;
  const look = useMemo(() => ({ zone, isGrouped }), [zone, isGrouped]);

  useLayoutEffect(() => {
    if (paneHeight > 0) model.measured(paneHeight / ROW_PX);
  }, [model, paneHeight]);

  // The list may stand anywhere; the scrollbar shows where.
  useLayoutEffect(() => {
    const element = scroller.current;
    const wanted = scroll.toElement(offset);
    if (element !== null && Math.abs(element.scrollTop - wanted) >= 1) element.scrollTop = wanted;
  });

  const onScroll = (): void => {
    const element = scroller.current;
    // What was set above comes back as an event, rounded to the pixels of the screen.
    if (element === null || Math.abs(element.scrollTop - scroll.toElement(offset)) < 1) return;
    model.scrollTo(scroll.fromElement(element.scrollTop) / ROW_PX);
  };
  useWheel(scroller, scroll.isScaled, model);

  const lines: JSX.Element[] = [];
  for (let block = blocks.first; block <= blocks.last && list.shown !== undefined; block++) {
    const from = block * BLOCK_ROWS;
    const to = Math.min(from + BLOCK_ROWS, list.count);
    if (from >= to) break;
    lines.push(
      <LineBlock
        key={block}
        listing={list.shown}
        from={from}
        to={to}
        look={look}
        active={list.active}
        selected={state?.selected}
      />,
    );
  }
  const isActiveDrawn = list.active >= blocks.first * BLOCK_ROWS && list.active < (blocks.last + 1) * BLOCK_ROWS;
  const activeRow = list.row(list.active);
  const hasAgents = !isGrouped && list.shown?.hasAgents === true;
  const [first, last] = [facts?.from ?? null, facts?.to ?? null];
  const isOneDay = facts?.total === 0 || (first !== null && last !== null && isSameDay(first, last, zone));
  const topRow = list.row(Math.ceil(list.top));
  const topDay = topRow?.kind === 'entry' && topRow.at !== null ? day(topRow.at, zone) : '';

  return (
    <div
      class={['list', isDimmed && 'dimmed', hasAgents && 'with-agents', isOneDay && 'one-day']
        .filter(Boolean)
        .join(' ')}
      role={isGrouped ? 'treegrid' : 'grid'}
      aria-label="Entries"
      aria-rowcount={list.count + 1}
      aria-multiselectable="false"
      aria-activedescendant={isActiveDrawn && list.count > 0 ? lineId(list.active) : undefined}
      aria-busy={list.isWaiting}
      tabIndex={0}
      data-vscode-context={activeRow?.kind === 'entry' ? contextOf(activeRow.key) : undefined}
      onKeyDown={(event) => listKeyDown(event, model, { onOpen, onFilter })}
      onCopy={(event) => {
        if (activeRow?.kind !== 'entry') return;
        event.preventDefault();
        model.act('copyLine', activeRow.key);
      }}
    >
      <div
        class="scroller"
        ref={scroller}
        onScroll={onScroll}
        role="presentation"
        // What scrolls can have the focus. Tab is not to stop at it, and a click in it is one in the list.
        tabIndex={-1}
        onFocus={(event) => event.currentTarget.closest<HTMLElement>('.list')?.focus()}
      >
        <div class="tall" style={{ height: `${scroll.height + ROW_PX}px` }} role="presentation">
          <div class="window" role="presentation">
            <div class="line columns" role="row" aria-rowindex={1}>
              <span class="cell time" role="columnheader" aria-label="Time" title="Time">
                {topDay === '' ? 'Time' : topDay}
              </span>
              {COLUMNS.map(([name, title]) => (
                <span key={name} class={`cell ${name}`} role="columnheader">
                  {title}
                </span>
              ))}
            </div>
            <div
              class="pane"
              ref={pane}
              role="presentation"
              onMouseDown={(event) => pick(event, model)}
              onDblClick={() => activeRow?.kind === 'entry' && onOpen()}
            >
              <div
                class="lines"
                role="presentation"
                style={{ transform: `translateY(${blocks.first * BLOCK_ROWS * ROW_PX - offset}px)` }}
              >
                {lines}
              </div>
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

const COLUMNS = [
  ['agent', 'Agent'],
  ['type', 'Type'],
  ['target', 'Target'],
  ['outcome', 'Decision'],
  ['risk', 'Risk'],
  ['rule', 'Rule'],
] as const;

/** The line under the pointer; a group's head is opened or closed. */
function pick(event: MouseEvent, model: PageModel): void {
  const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  if (line === null) return;
  const index = Number(line.dataset.index);
  const row = model.list.row(index);
  model.moveTo(index);
  if (row?.kind === 'group' && event.button === 0) model.choices.toggleGroup(row.id);
}

/** Where the scrollbar moves in larger steps than the list, a wheel moves the list. */
function useWheel(element: { current: HTMLElement | null }, isOwn: boolean, model: PageModel): void {
  useEffect(() => {
    const target = element.current;
    if (target === null || !isOwn) return;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const rows = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / ROW_PX;
      model.scrollTo(model.list.top + rows);
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => target.removeEventListener('wheel', onWheel);
  }, [element, isOwn, model]);
}
