import { spawnSync } from 'node:child_process';

/**
 * Asks Python about many things at once: one process, whose `answer(bytes)` is called for each question and gives bytes.
 *
 * @param program defines `answer`.
 */
export function askPython(program: string, questions: readonly Uint8Array[]): Buffer[] {
  const input = Buffer.concat(questions.flatMap((question) => [sizeOf(question), question]));
  const { status, stdout, stderr, error } = spawnSync('python3', ['-c', `${program}\n${LOOP}`], {
    input,
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`python3 failed: ${error?.message ?? stderr.toString()}`);
  const answers: Buffer[] = [];
  for (let at = 0; at < stdout.length;) {
    const size = stdout.readUInt32LE(at);
    answers.push(stdout.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return answers;
}

function sizeOf(question: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(question.length);
  return size;
}

const LOOP = `
import struct, sys
while True:
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        break
    said = answer(sys.stdin.buffer.read(struct.unpack('<I', head)[0]))
    sys.stdout.buffer.write(struct.pack('<I', len(said)) + said)
`;

/** Reads a chain as the reference does, in a plain loop; says `valid`, or why not. */
export const PLAIN_PYTHON_VERIFIER = `
import hashlib, io, json
REQUIRED = {'sequence_id', 'timestamp', 'agent_id', 'action_type', 'action_target', 'decision', 'risk_level', 'matched_rule'}
KNOWN = REQUIRED | {'metadata', 'previous_hash', 'entry_hash'}
def verify(data, algorithm='sha256'):
    previous = '0' * 64
    for line in io.TextIOWrapper(io.BytesIO(data), encoding='utf-8'):
        line = line.strip()
        if not line:
            continue
        entry = json.loads(line)
        if not isinstance(entry, dict) or not REQUIRED <= entry.keys() or not entry.keys() <= KNOWN:
            return 'no entry'
        stated = entry.pop('entry_hash', '')
        entry.setdefault('metadata', {})
        entry.setdefault('previous_hash', '0' * 64)
        if entry['previous_hash'] != previous:
            return 'previous_hash'
        canonical = json.dumps(entry, sort_keys=True, separators=(',', ':')) + previous
        if hashlib.new(algorithm, canonical.encode()).hexdigest() != stated:
            return 'entry_hash'
        previous = stated
    return 'valid'
def answer(data):
    try:
        return verify(data).encode()
    except Exception as error:
        return type(error).__name__.encode()
`;
