import { setImmediate } from 'node:timers/promises';
import { asAuditError } from '../sqlite/errors';
import { asSent, serve } from '../thread/serve';
import { LogService, type Telling } from './logService';
import type { ReadingOptions } from './logSource';

/** The thread that reads logs. */

export type WorkerData = Pick<ReadingOptions, 'wasm' | 'memoryLimit'>;

serve<WorkerData, Telling>(
  (data, tell) => new LogService({ ...data, pause: () => setImmediate() }, tell),
  (error) => {
    const told = asAuditError(error) as Error & { problem?: string };
    const sent = asSent(told);
    return { ...sent, code: told.problem ?? sent.code };
  },
);
