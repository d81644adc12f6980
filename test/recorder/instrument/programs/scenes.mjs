// What the agents of all libraries have in common: three tools, and the wish to call each of them once.

/** What the agent's model asks for, in a row. */
export const WISHES = [
  { id: 'call_1', name: 'read_file', input: { path: 'a.txt' } },
  { id: 'call_2', name: 'send_mail', input: { to: 'ann', text: 'hello' } },
  { id: 'call_3', name: 'delete_user', input: { user_id: '42' } },
];

/** @param made gets the names of the tools that were called. */
export function tools(made) {
  const tool = (name) => (input) => {
    made.push(name);
    if (input.path === 'missing.txt') throw new Error('There is no missing.txt.');
    return `${name} is done`;
  };
  return {
    read_file: tool('read_file'),
    send_mail: tool('send_mail'),
    delete_user: tool('delete_user'),
    read_secret: tool('read_secret'),
    made,
  };
}

/** Records nothing, and fails at one of its methods. */
export function failingLogger(method) {
  const logger = { attempt: async () => {}, outcome: async () => {}, decision: async () => {} };
  logger[method] = async () => {
    throw new Error('The disk is full.');
  };
  return logger;
}
