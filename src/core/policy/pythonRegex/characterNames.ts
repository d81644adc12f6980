import { NAMES } from './characterNameTable';
import { UndecidedPattern } from './patternProblem';

/**
 * The character that a name of Unicode stands for; undefined for what can be none.
 *
 * @throws UndecidedPattern where it may be one of the many thousands that are not known here.
 */
export function characterNamed(name: string): number | undefined {
  if (!/^[0-9A-Za-z -]{1,256}$/.test(name)) return undefined;
  const point = names().get(name.toUpperCase());
  if (point === undefined) throw new UndecidedPattern();
  return point;
}

let known: ReadonlyMap<string, number> | undefined;

function names(): ReadonlyMap<string, number> {
  return (known ??= new Map(
    NAMES.split('|').map((entry) => {
      const [name, point] = entry.split(',');
      return [name, parseInt(point, 36)];
    }),
  ));
}
