import { InvalidPattern } from './patternProblem';

/**
 * How many calls deep Python's parser or compiler may be within `re`: 1000 in all, less what is called before and after.
 * A program that is itself deep in calls reaches the limit somewhat earlier, so between some 450 and 494 groups within
 * each other Python's own answer differs from program to program.
 */
export const MAX_CALLS = 991;

export function tooDeep(place: number): InvalidPattern {
  return InvalidPattern.near('maximum recursion depth exceeded', place, 'RecursionError');
}
