/** A change of a text in one place. */
export interface Splice {
  /** In UTF-16 units, in the text before the change and in the one after it. */
  readonly start: number;
  readonly inserted: string;
  readonly replaced: string;
}

/** The text after changes. */
export function spliced(before: string, splices: readonly Splice[]): string {
  return splices.reduce(
    (text, { start, inserted, replaced }) => text.slice(0, start) + inserted + text.slice(start + replaced.length),
    before,
  );
}

/** The text before changes, told from the one after them. */
export function unspliced(after: string, splices: readonly Splice[]): string {
  return splices.reduceRight(
    (text, { start, inserted, replaced }) => text.slice(0, start) + replaced + text.slice(start + inserted.length),
    after,
  );
}

/**
 * The same of a text that was changed elsewhere since: what was inserted is looked for where it was, then where it is if the change stands
 * before it, then anywhere.
 *
 * @param length of the text after the changes.
 * @returns undefined where it is not there any more, or cannot be told from something else.
 */
export function unsplicedAnywhere(now: string, splices: readonly Splice[], length: number): string | undefined {
  let text = now;
  for (const { start, inserted, replaced } of splices.toReversed()) {
    const places = [start, start + now.length - length, text.indexOf(inserted)];
    const place = places.find((at) => at >= 0 && text.startsWith(inserted, at));
    if (place === undefined || (!places.slice(0, 2).includes(place) && text.includes(inserted, place + 1)))
      return undefined;
    text = text.slice(0, place) + replaced + text.slice(place + inserted.length);
  }
  return text;
}
