import { quantity } from '../text/quantity';

/** How much of a value is recorded. */
export interface PlainLimits {
  /** UTF-16 units of all long texts together, beyond the start that each of them has. */
  readonly characters: number;
  /** Items of lists and members of objects. */
  readonly members: number;
  /** Lists and objects in each other. */
  readonly depth: number;
}

export const PLAIN_LIMITS: PlainLimits = { characters: 1 << 20, members: 10_000, depth: 100 };

/** For a value that is not recorded but judged: a rule must see all of it. (More than that is refused before.) */
export const UNLIMITED: Partial<PlainLimits> = { characters: Infinity, members: 20_000_000 };

/** Of every text this much is recorded: one that is huge must not cost the path or the command beside it. */
const START = 256;

/** What may still be recorded of a value. */
export class PlainBudget {
  readonly depth: number;
  private charactersLeft: number;
  private membersLeft: number;

  constructor(limits: Partial<PlainLimits>) {
    const { characters, members, depth } = { ...PLAIN_LIMITS, ...limits };
    this.depth = depth;
    this.charactersLeft = characters;
    this.membersLeft = members;
  }

  /** How many of `size` may be recorded. */
  members(size: number): number {
    const count = Math.min(size, this.membersLeft);
    this.membersLeft -= count;
    return count;
  }

  /** As much of a text as may be recorded, and how much was left out. */
  text(text: string): string {
    if (text.length <= START) return text;
    const room = START + this.charactersLeft;
    this.charactersLeft = Math.max(0, this.charactersLeft - (text.length - START));
    return text.length <= room ? text : cutText(text, room);
  }
}

function cutText(text: string, room: number): string {
  const end = wordStart(text, room);
  return `${text.slice(0, end)}… [${more(text.length - end, 'character')}]`;
}

/** A token that is cut in two is not known as one, so the cut is made before it. */
function wordStart(text: string, end: number): number {
  for (let at = end; at > end - START / 2; at--) if (!/[\w.+/=~-]/.test(text[at - 1]) && !isSplit(text, at)) return at;
  return isSplit(text, end) ? end - 1 : end;
}

/** Between the halves of a surrogate pair. */
function isSplit(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
}

export function more(count: number, noun: string): string {
  return `${quantity(count, `more ${noun}`)} not recorded`;
}
