import type { JSX } from 'preact';
import type { PageState, SourceFacts } from '../../shared/timeline';
import type { IconName } from './iconOutlines';
import { Icon } from './icons';
import { LogText } from './logText';
import { stretch, zoneName } from './time/shownTime';

interface SourceHeaderProps {
  facts: SourceFacts;
  zone: PageState['zone'];
  onExport: () => void;
  onVerify: () => void;
}

const KINDS: Readonly<Record<NonNullable<SourceFacts['kind']>, { icon: IconName; name: string }>> = {
  database: { icon: 'database', name: 'Audit database' },
  lines: { icon: 'lines', name: 'Log of JSON lines' },
  chain: { icon: 'chain', name: 'Hash chain' },
};

/** What the page is of, and what has to be known of it. */
export function SourceHeader({ facts, zone, onExport, onVerify }: SourceHeaderProps): JSX.Element {
  const kind = facts.kind === null ? undefined : KINDS[facts.kind];
  const { from, to, total, session } = facts;
  return (
    <header>
      <div class="source">
        {kind !== undefined && (
          <span class="kind" title={kind.name} role="img" aria-label={kind.name}>
            <Icon name={kind.icon} />
          </span>
        )}
        <h1>
          <LogText text={session ?? facts.name} />
        </h1>
        <div class="source-facts">
          <div>
            {session !== null && (
              <span class="fact">
                <LogText text={facts.name} />
              </span>
            )}
            {from !== null && to !== null && (
              <span class="fact" title={`Times in ${zoneName(from, zone)}`}>
                {stretch(from, to, zone)}
              </span>
            )}
            {total !== null && (
              <span class="fact">{`${total.toLocaleString('en-US')} ${total === 1 ? 'action' : 'actions'}`}</span>
            )}
            {facts.verdict !== null && (
              <span class="fact">
                <LogText text={facts.verdict} />
              </span>
            )}
          </div>
        </div>
        {facts.kind === 'chain' && (
          <button type="button" class="icon-button labelled" onClick={onVerify}>
            <Icon name="shield" />
            Verify
          </button>
        )}
        <button type="button" class="icon-button labelled" onClick={onExport}>
          <Icon name="export" />
          Export
        </button>
      </div>
      {facts.warnings.length > 0 && (
        <ul class="warnings" aria-label="Warnings">
          {facts.warnings.map((warning, index) => (
            <li key={index}>
              <Icon name="warning" tone="tone-warning" />
              <span>
                <LogText text={warning} limit={600} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}
