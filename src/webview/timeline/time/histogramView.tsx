import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Histogram } from '../../../shared/timeline';
import { visible } from '../../../core/text/visible';
import { barsOf } from './bars';
import { binAt, clampBin, countsIn, rangeOf, selectedPart, type Brush } from './brush';
import { BrushMarks } from './brushMarks';
import { HistogramTip } from './histogramTip';
import { seriesLook, seriesTitle } from '../outcome';
import { moment, type Zone } from './shownTime';
import { ticksOf } from './timeAxis';
import type { TimeRange } from './timeTerm';
import { useSize } from '../useSize';

interface HistogramViewProps {
  histogram: Histogram;
  zone: Zone;
  onBrush: (range: TimeRange | undefined) => void;
  /** How many pixels wide it is. */
  onWidth: (width: number) => void;
}

const BARS_PX = 64;
const AXIS_PX = 16;
const TICK_PX = 90;
/** A hand that only clicks moves as much. */
const STILL_PX = 3;

/** Entries over time. A stretch of it is chosen by dragging, or by arrow keys with Shift and Enter. */
export function HistogramView({ histogram, zone, onBrush, onWidth }: HistogramViewProps): JSX.Element {
  const field = useRef<HTMLDivElement>(null);
  const width = useSize(field)?.width ?? 0;
  const count = histogram.bins.length;
  /** The bin that the keys move from, and how far a stretch was drawn from it. */
  const [brush, setBrush] = useState<Brush>();
  const [hovered, hover] = useState<number>();
  const [hasFocus, setFocus] = useState(false);
  const drag = useRef<{ x: number; bin: number; isMoved: boolean } | undefined>(undefined);
  const bars = useMemo(() => barsOf(histogram, width, BARS_PX), [histogram, width]);
  const ticks = useMemo(
    () =>
      ticksOf(histogram.from, histogram.from + count * histogram.step, Math.max(1, Math.floor(width / TICK_PX)), zone),
    [histogram, count, width, zone],
  );
  useEffect(() => {
    if (width > 0) onWidth(width);
  }, [width, onWidth]);

  const clipped = brush === undefined || count === 0 ? undefined : clip(brush, count);
  const cursor = clipped?.to ?? 0;
  const xOf = (event: PointerEvent): number => event.clientX - (field.current?.getBoundingClientRect().left ?? 0);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || count === 0) return;
    field.current?.setPointerCapture(event.pointerId);
    drag.current = { x: xOf(event), bin: binAt(xOf(event), width, count), isMoved: false };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (count === 0) return;
    const x = xOf(event);
    const bin = binAt(x, width, count);
    hover(bin);
    if (drag.current === undefined) return;
    drag.current.isMoved ||= Math.abs(x - drag.current.x) > STILL_PX;
    if (drag.current.isMoved) setBrush({ from: drag.current.bin, to: bin });
  };
  const onPointerUp = (event: PointerEvent): void => {
    const { current } = drag;
    drag.current = undefined;
    if (current === undefined) return;
    const bin = binAt(xOf(event), width, count);
    if (current.isMoved) onBrush(rangeOf({ from: current.bin, to: bin }, histogram));
    setBrush({ from: bin, to: bin });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (count === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = keyTarget(event.key, cursor, count);
    if (target !== undefined) setBrush({ from: event.shiftKey ? (clipped?.from ?? cursor) : target, to: target });
    else if (event.key === 'Enter') onBrush(rangeOf(clipped ?? { from: 0, to: 0 }, histogram));
    else if (event.key === 'Escape' && drag.current !== undefined) drag.current = undefined;
    else if (event.key === 'Escape' || event.key === 'Delete') onBrush(undefined);
    else return;
    if (event.key === 'Escape') setBrush({ from: cursor, to: cursor });
    event.preventDefault();
  };

  const shown = drag.current === undefined && hovered !== undefined ? { from: hovered, to: hovered } : clipped;
  const isTipShown =
    count > 0 && shown !== undefined && (hovered !== undefined || hasFocus || drag.current !== undefined);
  return (
    <div class="histogram">
      <div
        class="field"
        ref={field}
        role="slider"
        tabIndex={0}
        aria-label="Entries over time"
        aria-describedby="histogram-keys"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={cursor}
        aria-valuetext={valueText(histogram, clipped ?? { from: 0, to: 0 }, zone)}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => (drag.current = undefined)}
        onPointerLeave={() => hover(undefined)}
        onDblClick={() => onBrush(undefined)}
        onKeyDown={onKeyDown}
        onFocus={() => setFocus(true)}
        onBlur={() => setFocus(false)}
      >
        <svg width={width} height={BARS_PX + AXIS_PX} aria-hidden="true" focusable="false">
          {ticks.map(({ at, label }) => (
            <Tick key={at} x={xAt(at, histogram, width)} width={width} label={label} />
          ))}
          {bars.paths.map((path, s) => (
            <path key={s} class={`bars ${seriesLook(histogram.series[s]).tone}`} d={path} />
          ))}
          <line class="axis" x1={0} x2={width} y1={BARS_PX + 0.5} y2={BARS_PX + 0.5} />
          <BrushMarks
            width={width}
            height={BARS_PX}
            count={count}
            selected={selectedPart(histogram, width)}
            brush={hasFocus || drag.current !== undefined ? clipped : undefined}
          />
        </svg>
        {isTipShown && <HistogramTip histogram={histogram} brush={shown} width={width} zone={zone} />}
      </div>
      <span class="unseen" id="histogram-keys">
        Left and right move, with Shift they extend a stretch of time, Enter filters by it, Escape clears it.
      </span>
    </div>
  );
}

function Tick({ x, width, label }: { x: number; width: number; label: string }): JSX.Element {
  const anchor = x < 24 ? 'start' : x > width - 24 ? 'end' : 'middle';
  return (
    <g class="tick">
      <line x1={Math.round(x) + 0.5} x2={Math.round(x) + 0.5} y1={0} y2={BARS_PX + 3} />
      <text x={x} y={BARS_PX + 13} text-anchor={anchor}>
        {label}
      </text>
    </g>
  );
}

function xAt(at: number, { from, step, bins }: Histogram, width: number): number {
  return ((at - from) / (bins.length * step)) * width;
}

function clip({ from, to }: Brush, count: number): Brush {
  return { from: clampBin(from, count), to: clampBin(to, count) };
}

function keyTarget(key: string, cursor: number, count: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: cursor - 1,
    ArrowRight: cursor + 1,
    PageUp: cursor - 10,
    PageDown: cursor + 10,
    Home: 0,
    End: count - 1,
  };
  return Object.hasOwn(targets, key) ? clampBin(targets[key], count) : undefined;
}

function valueText(histogram: Histogram, brush: Brush, zone: Zone): string {
  if (histogram.bins.length === 0) return 'no entries';
  const { from, to } = rangeOf(brush, histogram);
  const counts = countsIn(histogram, brush).filter(({ count }) => count > 0);
  const said = counts.map(({ name, count }) => `${count} ${visible(seriesTitle(name), 40)}`).join(', ');
  return `${moment(from, to, zone)}: ${said === '' ? 'no entries' : said}`;
}
