import { pythonFloat } from '../json/pythonFloat';
import { visible } from '../text/visible';
import { isDate, isList, isMapping, isSet } from './pyValues';
import type { PyValue } from './yamlTree';

/** A value in a sentence, much as it is written in a policy: `"gold"`, `true`, `[1, 2]`. Of what is long, about `most` characters. */
export function shownValue(value: PyValue, most = 60): string {
  const shown = new Shown(most);
  shown.add(value);
  return shown.text;
}

/** Ends where there is enough of it, so that a value that holds much, or much of it often, costs no more. */
class Shown {
  text = '';
  private isCut = false;

  constructor(private readonly most: number) {}

  add(value: PyValue): void {
    if (typeof value === 'string') this.put(`"${visible(value, Math.max(0, this.most - this.text.length))}"`);
    else if (isList(value)) this.addAll('[', value, (item) => this.add(item), ']');
    else if (isMapping(value)) this.addAll('{', value.entries, (entry) => this.addEntry(entry), '}');
    else if (isSet(value)) this.addAll('{', value.items, (item) => this.add(item), '}');
    else this.put(scalarText(value));
  }

  private addEntry([key, value]: readonly [PyValue, PyValue]): void {
    this.add(key);
    this.put(': ');
    this.add(value);
  }

  private addAll<T>(open: string, items: readonly T[], add: (item: T) => void, close: string): void {
    this.put(open);
    for (const [i, item] of items.entries()) {
      if (i > 0) this.put(', ');
      if (this.isCut) return;
      if (this.text.length >= this.most) return this.cut();
      add(item);
    }
    this.put(close);
  }

  private put(text: string): void {
    if (!this.isCut) this.text += text;
  }

  private cut(): void {
    this.put('…');
    this.isCut = true;
  }
}

function scalarText(value: Exclude<PyValue, string | readonly PyValue[]>): string {
  if (typeof value === 'number') return pythonFloat(value);
  // (One can be as long as the line that it is written on.)
  if (typeof value === 'bigint' && value !== BigInt.asIntN(128, value)) return 'a huge number';
  if (value === null || typeof value !== 'object') return String(value);
  return isDate(value) ? value.text : 'binary data';
}
