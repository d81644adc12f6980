import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ViewSpec } from '../../../shared/timeline';
import { totalOf } from './bars';
import { countsIn } from './brush';
import { HistogramView } from './histogramView';
import { LogText } from '../logText';
import { seriesLook, seriesTitle } from '../outcome';
import type { PageModel } from '../model/pageModel';
import { duration } from './shownTime';
import { Choice } from '../toolbar';

/** A bin is not narrower than this. */
const BIN_PX = 4;

/** The histogram with its legend. */
export function HistogramBar({ model }: { model: PageModel }): JSX.Element | null {
  const { findings, state } = model;
  const histogram = findings?.histogram;
  const view = useMemo(
    () =>
      histogram !== undefined && (
        <HistogramView
          histogram={histogram}
          zone={state?.zone ?? 'local'}
          onBrush={(range) => model.choices.brush(range)}
          onWidth={(width) => model.setBins(width / BIN_PX)}
        />
      ),
    [model, histogram, state?.zone],
  );
  if (histogram === undefined || state === undefined || findings?.total === 0) return null;
  const counts = countsIn(histogram, { from: 0, to: histogram.bins.length - 1 }).filter(({ count }) => count > 0);
  const highest = Math.max(0, ...histogram.bins.map(totalOf));
  return (
    <section class="over-time" aria-label="Entries over time">
      <div class="legend">
        <Choice<ViewSpec['histogram']>
          label="Over time by"
          value={state.spec.histogram}
          isDisabled={model.isFrozen}
          options={[
            ['decision', 'Decision'],
            ['risk', 'Risk'],
          ]}
          onChange={(by) => model.choices.histogram(by)}
        />
        {counts.map(({ name, count }) => (
          <span class="series" key={name}>
            <span class={`swatch ${seriesLook(name).tone}`} aria-hidden="true" />
            <LogText text={seriesTitle(name)} limit={40} /> <span class="number">{count.toLocaleString('en-US')}</span>
          </span>
        ))}
        {histogram.timeless > 0 && (
          <span class="dim" title="Their timestamps are no times, so they are in no bin">
            {histogram.timeless.toLocaleString('en-US')} without a time
          </span>
        )}
        <span class="spring" />
        {highest > 0 && (
          <span class="peak" title={`In the fullest bin; each is ${duration(histogram.step)}`}>
            {`peak ${highest.toLocaleString('en-US')} in ${duration(histogram.step)}`}
          </span>
        )}
        {histogram.selected !== null && (
          <button type="button" class="link" onClick={() => model.choices.brush(undefined)}>
            Clear time selection
          </button>
        )}
      </div>
      {view}
    </section>
  );
}
