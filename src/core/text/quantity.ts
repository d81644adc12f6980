/** Numbers with their nouns, for people: `1 entry`, `1,204 entries`. */
export function quantity(number: number, singular: string, plural = `${singular}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? singular : plural}`;
}

export function entries(number: number): string {
  return quantity(number, 'entry', 'entries');
}
