// Stands in for native-watchdog, a native module that would have to be compiled. It ends an extension host whose parent is
// gone; here the guard ends the whole process group.

exports.start = () => {};
exports.exit = (/** @type {number} */ code) => process.exit(code);
