import type { Circumstances, PreparedAction, RegexSearch } from '../conditions/condition';
import { wordsOfAction } from '../conditions/semantic';
import { Work } from '../pyError';
import { PY_NOTHING } from '../pyValues';
import type { PyMapping, PyValue } from '../yamlTree';
import { REDACTED, type RecordedAction, type RecordedContent } from './recordedAction';
import type { RecordedParams } from './recordedParams';

/** A recorded action as conditions ask it, as far as it is known. Whoever asks for what is missing gets something else: ask first. */
export class KnownAction implements PreparedAction {
  private read: RecordedContent | undefined;
  private found: ReadonlySet<string> | undefined;
  private readonly work = new Work();

  constructor(
    readonly recorded: RecordedAction,
    private readonly regex: RegexSearch,
  ) {}

  /** @param clock microseconds since 1970, for an action of which it is not known. */
  circumstances(clock = this.recorded.clock): Circumstances {
    return { action: this, clock, regex: this.regex, work: this.work };
  }

  get hasClock(): boolean {
    return !Number.isNaN(this.recorded.clock);
  }

  get content(): RecordedContent {
    return (this.read ??= this.recorded.content());
  }

  get recordedParams(): RecordedParams | undefined {
    return this.content.params;
  }

  get type(): string {
    return this.recorded.type ?? '';
  }

  get target(): string {
    return this.recorded.target ?? '';
  }

  get agent(): string | null {
    return this.recorded.agent;
  }

  get description(): string {
    return this.content.description ?? '';
  }

  get params(): PyMapping {
    return this.recordedParams?.all ?? PY_NOTHING;
  }

  parameter(name: PyValue): PyValue | undefined {
    return this.recordedParams?.parameter(name);
  }

  /** Of what is known: that a value was redacted is no word of the action. */
  words(work: Work): ReadonlySet<string> {
    if (this.found === undefined) {
      const { type, target, agent, description } = this;
      const entries = this.params.entries.filter(([, value]) => value !== REDACTED);
      const names = this.params.entries.map(([name]) => [name, null] as const);
      const params: PyMapping = { kind: 'mapping', entries: [...names, ...entries] };
      this.found = wordsOfAction({ type, target, agent, description, params }, work);
    }
    return this.found;
  }

  /** (Patterns are held against these texts before conditions are asked, and elsewhere.) */
  get points(): never {
    throw new Error('No condition asks for the characters of a text.');
  }
}
