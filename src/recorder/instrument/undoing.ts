import type { Method } from './library';

interface Step {
  readonly owner: WeakRef<object>;
  readonly undo: (owner: object) => void;
}

/** What was changed in libraries and their objects, and how it is taken back. It keeps no object alive. */
export class Undoing {
  private readonly steps = new Set<Step>();
  private readonly gone = new FinalizationRegistry<Step>((step) => this.steps.delete(step));
  private undone = false;

  /** What somebody else has wrapped meanwhile stays in place, and asks this whether it still has anything to do. */
  get isDone(): boolean {
    return this.undone;
  }

  /** Where a step fails, the others are taken back all the same. */
  undo(): void {
    this.undone = true;
    for (const { owner, undo } of [...this.steps].reverse()) {
      const object = owner.deref();
      try {
        if (object !== undefined) undo(object);
      } catch {
        // Such as an object that was frozen meanwhile: what is in it does nothing any more.
      }
    }
    this.steps.clear();
  }

  /** @param undo must not hold the owner itself. */
  add(owner: object, undo: (owner: object) => void): void {
    const step = { owner: new WeakRef(owner), undo };
    this.steps.add(step);
    this.gone.register(owner, step);
  }

  /**
   * Puts a method in the place of another, own or inherited.
   *
   * @param make gets the original.
   */
  method(owner: object, name: PropertyKey, make: (original: Method) => Method): void {
    const original = Reflect.get(owner, name) as Method;
    this.member(owner, name, this.whileAttached(original, make(original)));
  }

  /** Puts another value in the place of a member. */
  member(owner: object, name: PropertyKey, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: before?.enumerable ?? false,
    });
    this.add(owner, (now) => {
      if (Object.getOwnPropertyDescriptor(now, name)?.value !== value) return;
      if (before === undefined) Reflect.deleteProperty(now, name);
      else Object.defineProperty(now, name, before);
    });
  }

  /** A function that is the original again when all is taken back. */
  whileAttached(original: Method, wrapped: Method): Method {
    const isUndone = (): boolean => this.undone;
    return function (this: unknown, ...args) {
      return Reflect.apply(isUndone() ? original : wrapped, this, args);
    };
  }
}
