import { AskedThread, type ThreadKind } from '../thread/askedThread';
import type { Arguments, Method, Value } from '../thread/messages';
import type { PolicyService } from './policyService';

/** The thread that looks through policies gave no answer, with a sentence. */
export class PolicyThreadError extends Error {
  override readonly name = 'PolicyThreadError';

  /** @param isOfAnother what was asked about is not to blame: it may be asked again. */
  constructor(
    message: string,
    readonly isOfAnother = false,
  ) {
    super(message);
  }
}

const KIND: ThreadKind = {
  name: 'aegis-policy',
  // Of the texts that were made to take long, none has taken more than two seconds.
  patience: { pause: 2000, looks: 5 },
  received: ({ message, stack }) => Object.assign(new Error(message), { stack }),
  unstarted: (why) =>
    new PolicyThreadError(`Policies cannot be checked: what checks them could not be started. ${why}`),
  closed: () => new PolicyThreadError('Checking was ended.'),
  ended: () => new PolicyThreadError('Checking the policy ended unexpectedly.'),
  outOfMemory: () => new PolicyThreadError('Checking the policy took more memory than there is.'),
  slow: () => new PolicyThreadError('Checking the policy took too long and was ended.'),
  slowElsewhere: () =>
    new PolicyThreadError('Checking another policy took too long, so that this one was not checked.', true),
};

/** The thread that looks through policies, as whoever asks it sees it. */
export class PolicyThread {
  private readonly thread: AskedThread<PolicyService, never>;

  /** @param script the file of `worker.ts`, bundled. */
  constructor(script: string) {
    const aboutText = ([text]: readonly unknown[]): string | undefined => (typeof text === 'string' ? text : undefined);
    this.thread = new AskedThread(
      KIND,
      script,
      () => ({}),
      aboutText,
      () => undefined,
      () => undefined,
    );
  }

  /** @throws PolicyThreadError */
  ask<M extends Method<PolicyService>>(
    method: M,
    ...args: Arguments<PolicyService, M>
  ): Promise<Value<PolicyService, M>> {
    return this.thread.ask(method, ...args);
  }

  close(): void {
    this.thread.close();
  }
}
