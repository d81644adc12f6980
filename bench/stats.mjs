// Rounds of measurements, as the rows of a table.

/** @typedef {{ what: string, value: string, target: string }} Row */

/**
 * @param {readonly number[]} numbers
 * @returns {number}
 */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/**
 * @param {readonly number[]} numbers
 * @param {(number: number) => string} [show]
 * @returns {string} `median (least to most)`
 */
export const spread = (numbers, show = (number) => number.toFixed(2)) =>
  `${show(median(numbers))} (${show(Math.min(...numbers))} to ${show(Math.max(...numbers))})`;

/**
 * The ratios of two things that took turns, round by round.
 * @param {readonly number[]} some
 * @param {readonly number[]} others
 * @returns {number[]}
 */
export const ratios = (some, others) =>
  some.slice(0, others.length).map((number, round) => number / /** @type {number} */ (others[round]));

export const megabytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1e6)} MB`;

export const milliseconds = (/** @type {number} */ number) => `${number.toFixed(number < 10 ? 1 : 0)} ms`;

/** @param {number} number */
export const counted = (number) => number.toLocaleString('en-US');

/**
 * @param {string} heading
 * @param {readonly Row[]} rows
 */
export function printTable(heading, rows) {
  console.log(`\n${heading}\n`);
  console.log('| what | median (least to most) | target |');
  console.log('| --- | --- | --- |');
  for (const { what, value, target } of rows) console.log(`| ${what} | ${value} | ${target} |`);
}
