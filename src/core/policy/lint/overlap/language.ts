import { matchesGlob } from '../../glob';
import type { Effort } from './effort';
import { GlobMachine, type GlobState } from './globMachine';
import { nicestBetween } from './characters';
import { startDifferently, type Shape } from './shape';

/** The texts that match all of some patterns and none of some others. */
export interface Language {
  readonly all: readonly Shape[];
  readonly none: readonly Shape[];
}

export function within(language: Language, shape: Shape): Language {
  if (shape.isEverything || language.all.includes(shape)) return language;
  return { ...language, all: [...language.all.filter(({ isEverything }) => !isEverything), shape] };
}

export function without(language: Language, shape: Shape): Language {
  if (language.none.includes(shape) || language.all.some((each) => startDifferently(each, shape))) return language;
  return { ...language, none: [...language.none, shape] };
}

export function textOf(points: readonly number[]): string {
  return points.map((point) => String.fromCodePoint(point)).join('');
}

export function holds(language: Language, text: readonly number[]): boolean {
  return (
    language.all.every(({ glob }) => matchesGlob(glob, text)) &&
    !language.none.some(({ glob }) => matchesGlob(glob, text))
  );
}

/** Finds out whether there are texts in a language, by trying all that can make a difference. */
export class Languages {
  private readonly machines = new Map<Shape, GlobMachine>();
  private readonly shortest = new Map<string, readonly number[] | undefined>();

  /**
   * A shortest text of a language; undefined where it has none.
   *
   * @throws TooMuchEffort
   */
  shortestText(language: Language, effort: Effort): readonly number[] | undefined {
    const { all, none } = language;
    effort.spend(1 + none.length);
    if (none.some((shape) => shape.isEverything || all.includes(shape))) return undefined;
    const only = all.find(({ text }) => text !== undefined);
    if (only !== undefined) {
      effort.spend(only.prefix.length >> 4);
      return holds(language, only.text!) ? only.text : undefined;
    }
    const key = `${idsOf(all)}!${idsOf(none)}`;
    if (this.shortest.has(key)) return this.shortest.get(key);
    const found = this.search(language, effort);
    this.shortest.set(key, found);
    return found;
  }

  /** Breadth first, through the states that the patterns can be in together. */
  private search({ all, none }: Language, effort: Effort): readonly number[] | undefined {
    const start = joined(
      all.map((shape) => this.machineOf(shape)).map((machine) => ({ machine, state: machine.start })),
      none.map((shape) => this.machineOf(shape)).map((machine) => ({ machine, state: machine.start })),
      undefined,
    );
    if (start === undefined) return undefined;
    const seen = new Set([start.key]);
    let row = [start];
    while (row.length > 0) {
      const found = row.find(isAccepting);
      if (found !== undefined) return textTo(found);
      const next: Joined[] = [];
      for (const each of row) {
        for (const point of pointsToTry(each, effort)) {
          effort.spend(4 + each.all.length + each.none.length);
          const step = ({ machine, state }: Running): Running => ({
            machine,
            state: machine.step(state, point, effort),
          });
          const reached = joined(each.all.map(step), each.none.map(step), { from: each, point });
          if (reached === undefined || seen.has(reached.key)) continue;
          seen.add(reached.key);
          next.push(reached);
        }
      }
      row = next;
    }
    return undefined;
  }

  private machineOf(shape: Shape): GlobMachine {
    let machine = this.machines.get(shape);
    if (machine === undefined) this.machines.set(shape, (machine = new GlobMachine(shape)));
    return machine;
  }
}

interface Running {
  readonly machine: GlobMachine;
  readonly state: GlobState;
}

/** The states of all patterns behind one text. */
interface Joined {
  readonly all: readonly Running[];
  readonly none: readonly Running[];
  readonly key: string;
  readonly way: { readonly from: Joined; readonly point: number } | undefined;
}

/** undefined where no text that begins so can be in the language. Patterns that cannot change that any more are left out. */
function joined(all: readonly Running[], none: readonly Running[], way: Joined['way']): Joined | undefined {
  if (all.some(({ state }) => state.isDead) || none.some(({ state }) => state.acceptsAll)) return undefined;
  const [needed, feared] = [all.filter(({ state }) => !state.acceptsAll), none.filter(({ state }) => !state.isDead)];
  const ids = (running: readonly Running[]): string => running.map(({ state }) => state.id).join();
  return { all: needed, none: feared, key: `${ids(needed)}!${ids(feared)}`, way };
}

function isAccepting({ all, none }: Joined): boolean {
  return all.every(({ state }) => state.accepts) && !none.some(({ state }) => state.accepts);
}

const LAST_POINT = 0x10ffff;

/** One character of each range of them that leads elsewhere than the others. */
function pointsToTry({ all, none }: Joined, effort: Effort): number[] {
  const cuts = [...all, ...none].flatMap(({ state }) => state.cuts);
  effort.spend(cuts.length);
  const starts = [...new Set([0, ...cuts.filter((cut) => cut <= LAST_POINT)])].sort((a, b) => a - b);
  return starts.map((start, i) => nicestBetween(start, (starts[i + 1] ?? LAST_POINT + 1) - 1));
}

function textTo(found: Joined): number[] {
  const points: number[] = [];
  for (let { way } = found; way !== undefined; { way } = way.from) points.push(way.point);
  return points.reverse();
}

function idsOf(shapes: readonly Shape[]): string {
  return shapes
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join();
}
