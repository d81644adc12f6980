// Stands in for @vscode/spdlog, a native module that would have to be compiled. VS Code writes its log files through it,
// also the ones behind the Output view's channels. This writes the same lines, at once and without rotation.

const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

exports.version = 0;
exports.setFlushOn = () => {};
exports.setLevel = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (/** @type {string} */ _name, /** @type {string} */ file) => makeLogger(file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;

/** @param {string} file */
function makeLogger(file) {
  let least = 2;
  let plain = false;
  /** @param {number} level */
  const writer = (level) => (/** @type {string} */ text) => {
    if (level >= least) {
      const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
      try {
        mkdirSync(dirname(file), { recursive: true });
        appendFileSync(file, plain ? text : `${time} [${names[level]}] ${text}\n`);
      } catch {
        // A log that cannot be written must not bring down what it is about.
      }
    }
  };
  return {
    trace: writer(0),
    debug: writer(1),
    info: writer(2),
    warn: writer(3),
    error: writer(4),
    critical: writer(5),
    getLevel: () => least,
    setLevel: (/** @type {number} */ level) => (least = level),
    setPattern: () => {},
    clearFormatters: () => (plain = true),
    flush: () => {},
    drop: () => {},
  };
}
