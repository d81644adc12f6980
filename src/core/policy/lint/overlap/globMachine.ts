import { takes, type GlobToken } from '../../glob';
import type { Effort } from './effort';
import type { Shape } from './shape';

/**
 * A pattern as a machine that reads a text character by character. A state is the set of places in the pattern at which the reading may
 * stand; it is made when it is first reached.
 */
export class GlobMachine {
  private readonly states = new Map<string, GlobState>();
  readonly start: GlobState;

  constructor(private readonly shape: Shape) {
    this.start = this.stateAt([0]);
  }

  /** The state behind a character. */
  step(state: GlobState, point: number, effort: Effort): GlobState {
    const known = state.next.get(point);
    if (known !== undefined) return known;
    effort.spend(state.places.length);
    const { tokens } = this.shape.glob;
    const places: number[] = [];
    for (const place of state.places) {
      if (place === tokens.length) continue;
      const token = tokens[place];
      if (token.kind === 'run') places.push(place);
      else if (takes(token, point)) places.push(place + 1);
    }
    const next = this.stateAt(places);
    state.next.set(point, next);
    return next;
  }

  /** @param reached places in rising order */
  private stateAt(reached: readonly number[]): GlobState {
    const { tokens } = this.shape.glob;
    const places: number[] = [];
    for (let place of reached) {
      // A run may stand for nothing; and what could still be matched from a place before it can be from the run, too.
      while (place < tokens.length && tokens[place].kind === 'run') {
        places.length = 0;
        places.push(place++);
      }
      if (places.at(-1) !== place) places.push(place);
    }
    const key = places.join();
    let state = this.states.get(key);
    if (state === undefined)
      this.states.set(key, (state = new GlobState(`${this.shape.id}/${this.states.size}`, places, tokens)));
    return state;
  }
}

export class GlobState {
  readonly next = new Map<number, GlobState>();
  /** Whether the text matches that ends here. */
  readonly accepts: boolean;
  /** Whether nothing that begins so matches. */
  readonly isDead: boolean;
  /** Whether everything that begins so matches. */
  readonly acceptsAll: boolean;
  /** Where characters begin that lead elsewhere than those before them. */
  readonly cuts: readonly number[];

  constructor(
    /** Of its own among the states of all patterns. */
    readonly id: string,
    readonly places: readonly number[],
    tokens: readonly GlobToken[],
  ) {
    this.accepts = places.at(-1) === tokens.length;
    this.isDead = places.length === 0;
    this.acceptsAll = this.accepts && tokens.at(-1)?.kind === 'run';
    this.cuts = places.flatMap((place) => (place < tokens.length ? cutsOf(tokens[place]) : []));
  }
}

function cutsOf(token: GlobToken): number[] {
  switch (token.kind) {
    case 'literal':
      return [token.point, token.point + 1];
    case 'set':
      return token.ranges.flatMap(([first, last]) => [first, last + 1]);
    default:
      return [];
  }
}
