import type { JSX } from 'preact';
import type { EntryDetail } from '../../../shared/timeline';
import { visible } from '../../../core/text/visible';
import { Icon } from '../icons';
import { LogText } from '../logText';
import { decisionSentence, outcomeLook, riskLook, riskWord } from '../outcome';
import { clock, day, zoneName, type Zone } from '../time/shownTime';

interface DetailHeadProps {
  detail: EntryDetail;
  zone: Zone;
  /** undefined where there is no rule to go to. */
  onOpenRule: (() => void) | undefined;
}

/** What was attempted, on what, how it ended and which rule said so. */
export function DetailHead({ detail, zone, onOpenRule }: DetailHeadProps): JSX.Element {
  const { row, remarks } = detail;
  const { before, rule, after } = decisionSentence(row);
  const outcome = outcomeLook(row);
  const risk = riskLook(row.risk);
  return (
    <div class="detail-head">
      <h2 class="heading" title={`${visible(row.type, 1000)} on ${visible(row.target, 1000)}`}>
        <LogText text={row.type} limit={200} /> <span class="dim">on</span> <LogText text={row.target} limit={400} />
      </h2>
      <div class="decision">
        <Icon name={outcome.icon} tone={outcome.tone} />
        <span class="sentence">
          <LogText text={before} />
          {rule !== null && (
            <span class="rule-name">
              <LogText text={rule} />
            </span>
          )}
          {after}
        </span>
        {rule !== null && onOpenRule !== undefined && (
          <button type="button" class="secondary" onClick={onOpenRule}>
            Open rule
          </button>
        )}
      </div>
      <div class="facts">
        <span class="labelled">
          <span class="dim">Risk</span>
          <Icon name={risk.icon} tone={risk.tone} />
          <LogText text={riskWord(row.risk)} limit={40} />
        </span>
        <span class="labelled">
          <span class="dim">Approval</span>
          <LogText text={row.approval} limit={40} />
        </span>
        <span class="labelled">
          <span class="dim">Human</span>
          {row.human === null ? <span class="nothing">not recorded</span> : <LogText text={row.human} limit={80} />}
        </span>
        <span class="labelled" title={visible(row.timestamp)}>
          <span class="dim">Time</span>
          {row.at === null ? (
            <LogText text={row.timestamp} limit={80} />
          ) : (
            `${day(row.at, zone)} ${clock(row.at, zone)} ${zoneName(row.at, zone)}`
          )}
        </span>
      </div>
      {remarks.length > 0 && (
        <ul class="remarks" aria-label="Remarks">
          {remarks.map((remark, index) => (
            <li key={index}>
              <Icon name="info" tone="tone-info" />
              <span>
                <LogText text={remark} limit={600} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
