// Records one decision in a folder, and says what came of it.
import { action, now, success, writerIn } from '../support/trail';

writerIn(process.argv[2])
  .record({ phase: 'decision', action: action(), outcome: { ...success, result_status: 'blocked' }, timestamp: now() })
  .then(
    () => process.stdout.write('recorded'),
    (error: unknown) => process.stdout.write((error as Error).message),
  );
