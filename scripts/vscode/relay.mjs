// Passes on what the tests inside an extension host print. The page hands over what VS Code itself logs in the same
// stream, so the tests put a mark before every line of theirs. The rest is of interest only when the tests go wrong.

/** The environment variable that tells the tests the mark. */
export const markVariable = 'AEGIS_TEST_MARK';

export const mark = '[aegis tests] ';

/**
 * @typedef {object} Relay
 * @property {(type: string, args: unknown[]) => void} print takes one call of `console`
 * @property {() => string} rest the last of what was not passed on
 */

/**
 * @param {(text: string) => void} write
 * @returns {Relay}
 */
export function makeRelay(write) {
  const most = 200;
  /** @type {string[]} */
  let rest = [];
  return {
    print: (_type, args) => {
      const text = args.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
      if (text.startsWith(mark)) {
        write(text.slice(mark.length));
      } else {
        rest = [...rest, text].slice(-most);
      }
    },
    rest: () => rest.join('\n'),
  };
}
