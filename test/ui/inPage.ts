// What is run inside the page. Each function stands alone: nothing around it is there.

/** As much of an element as is used here. The types of a browser would be there for all other tests too. */
export interface PageElement {
  readonly id: string;
  readonly textContent: string | null;
  readonly parentElement: PageElement | null;
  readonly attributes: Iterable<{ name: string; value: string }>;
  readonly childNodes: Iterable<PageElement>;
  readonly scrollWidth: number;
  readonly scrollHeight: number;
  readonly clientWidth: number;
  readonly clientHeight: number;
  scrollTop: number;
  matches(selector: string): boolean;
  closest(selector: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { top: number; bottom: number };
  dispatchEvent(event: object): boolean;
}

declare const document: { readonly body: PageElement; readonly activeElement: PageElement | null };
declare const KeyboardEvent: new (type: string, options: object) => object;
declare function getComputedStyle(
  element: PageElement,
  pseudo?: string,
): {
  outlineStyle: string;
  backgroundColor: string;
  animationName: string;
  color: string;
  opacity: string;
  borderTopColor: string;
  borderTopWidth: string;
};

/** What of its look is compared. */
export function lookOf(element: PageElement): { color: string; opacity: string; border: string } {
  const { color, opacity, borderTopColor, borderTopWidth } = getComputedStyle(element);
  return { color, opacity, border: `${borderTopWidth} ${borderTopColor}` };
}

export function hasFocus(element: PageElement): boolean {
  return element.matches(':focus');
}

export function fitsInWidth(element: PageElement): boolean {
  return element.scrollWidth <= element.clientWidth;
}

export function fitsInHeight(element: PageElement): boolean {
  return element.scrollHeight <= element.clientHeight;
}

export function toTheMiddle(element: PageElement): void {
  element.scrollTop = element.scrollHeight / 2;
}

export function lengthOfText(element: PageElement): number {
  return element.textContent?.length ?? 0;
}

export function labels(elements: PageElement[]): string[] {
  return elements.map((element) => element.getAttribute('aria-label') ?? '');
}

/** How many of them move by themselves. */
export function moving(elements: PageElement[]): number {
  return elements.filter((element) => getComputedStyle(element).animationName !== 'none').length;
}

/** Keys of the entries that are wholly in sight. */
export function keysInSight(pane: PageElement): string[] {
  const { top, bottom } = pane.getBoundingClientRect();
  return [...pane.querySelectorAll('.entry')]
    .filter((line) => {
      const place = line.getBoundingClientRect();
      return place.top >= top - 1 && place.bottom <= bottom + 1;
    })
    .map((line) => (JSON.parse(line.getAttribute('data-vscode-context') ?? '{}') as { key: string }).key);
}

/** Milliseconds from the key to the list's next page in its place. */
export async function timeToDraw(list: PageElement): Promise<number> {
  const shown = (): string | undefined => list.querySelector('.line.active')?.id;
  const before = shown();
  const start = performance.now();
  list.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
  while (shown() === before) await Promise.resolve();
  // To tell a size, the browser lays out what was drawn.
  list.getBoundingClientRect();
  return performance.now() - start;
}

/** Texts and attributes in which a character stands that acts instead of being shown. */
export function whatActs(): string[] {
  const acts =
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udfff]/u;
  const found: string[] = [];
  const visit = (element: PageElement): void => {
    for (const { name, value } of element.attributes) if (acts.test(value)) found.push(`${name}=${value}`);
    for (const child of element.childNodes) {
      if (typeof child.querySelector === 'function') visit(child);
      else if (acts.test(child.textContent ?? '')) found.push(child.textContent ?? '');
    }
  };
  visit(document.body);
  return found;
}

/** What has the focus, by its name for a screen reader, and whether that is to be seen. */
export function focused(): { name: string; isShown: boolean } {
  const element = document.activeElement;
  if (element === null || element === document.body) return { name: 'page', isShown: false };
  const label = element.closest('label')?.querySelector('span')?.textContent;
  const name = element.getAttribute('aria-label') ?? label ?? element.textContent ?? '';
  // A list shows it on its line, a box around its input, the splitter by its colour.
  const isShown = [element, element.parentElement, ...element.querySelectorAll('.active')].some(
    (each) =>
      each !== null &&
      (getComputedStyle(each).outlineStyle !== 'none' ||
        getComputedStyle(each, '::after').backgroundColor !== 'rgba(0, 0, 0, 0)'),
  );
  return { name: name.trim(), isShown };
}
