import { MATCH_PARTS, type MatchPart } from '../policy';
import type { NumberedTexts, RecordedActions } from './recordedAction';

/** The texts of actions under numbers, for a history that has none: a number for each different text. */
export function textsOf(actions: RecordedActions): Readonly<Record<MatchPart, NumberedTexts>> {
  const { texts } = actions;
  if (texts !== undefined) return texts;
  const columns = Object.fromEntries(MATCH_PARTS.map((part) => [part, new Column(actions.size)]));
  for (let position = 0; position < actions.size; position++) {
    const action = actions.at(position);
    for (const part of MATCH_PARTS) columns[part].add(position, action[part]);
  }
  return columns as Record<MatchPart, Column>;
}

class Column implements NumberedTexts {
  private readonly texts: (string | null)[] = [];
  private readonly numbers = new Map<string | null, number>();
  private readonly byPosition: Uint32Array;

  constructor(size: number) {
    this.byPosition = new Uint32Array(size);
  }

  add(position: number, text: string | null): void {
    let number = this.numbers.get(text);
    if (number === undefined) this.numbers.set(text, (number = this.texts.push(text) - 1));
    this.byPosition[position] = number;
  }

  get count(): number {
    return this.texts.length;
  }

  numberAt(position: number): number {
    return this.byPosition[position];
  }

  textOf(number: number): string | null {
    return this.texts[number];
  }
}
