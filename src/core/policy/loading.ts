import { PyError, TooMuchWork } from './pyError';
import { pyItems, pyNoun, pyTypeName } from './pyValues';
import type { MappingNode, PyValue, YamlNode } from './yamlTree';
import { pyValueOf, type ValueMemory } from './yamlValue';

/** Why the reference does not load a policy. */
export interface LoadError {
  readonly code: LoadErrorCode;
  /** Python's exception: `ValueError`. */
  readonly type: string;
  /** Its text: `'deny' is not a valid Approval`. */
  readonly message: string;
  /** For people: a clause without a full stop. */
  readonly plain: string;
  /** What is to blame. */
  readonly node: YamlNode;
}

export type LoadErrorCode =
  | 'not-a-mapping'
  | 'defaults-not-a-mapping'
  | 'rules-not-a-list'
  | 'rule-not-a-mapping'
  | 'match-not-a-mapping'
  | 'invalid-risk-level'
  | 'invalid-approval'
  | 'non-string'
  | 'invalid-plan-rules'
  | 'invalid-version';

/** Ends a loading. */
export class LoadFault extends Error {
  constructor(readonly error: LoadError) {
    super(`${error.type}: ${error.message}`);
  }
}

/** Takes nodes for what the loader expects them to be; what it raises where they are not is told with the node. */
export class Loading {
  /** A node that is named in several places is made into one value, so that a document of aliases does not grow. */
  private readonly values: ValueMemory = new Map();
  private readonly known = new Map<unknown, Map<PyValue, Outcome>>();

  value(node: YamlNode): PyValue {
    return pyValueOf(node, this.values);
  }

  /**
   * What a function makes of a value, or what it raises, found out once: aliases put one large value in thousands of places.
   *
   * @param read gives the same for the same value, whenever it is asked.
   */
  once<T>(read: (value: PyValue) => T, value: PyValue): T {
    let known = this.known.get(read);
    if (known === undefined) this.known.set(read, (known = new Map<PyValue, Outcome>()));
    let outcome = known.get(value);
    if (outcome === undefined) known.set(value, (outcome = outcomeOf(read, value)));
    if ('raised' in outcome) throw outcome.raised;
    return outcome.result as T;
  }

  /** Runs what may raise. */
  blame<T>(code: LoadErrorCode, node: YamlNode, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof PyError)) throw error;
      throw new LoadFault({ code, type: error.type, message: error.said, plain: error.plain, node });
    }
  }

  /** @param what for people: `the defaults`. */
  mapping(code: LoadErrorCode, node: YamlNode, what: string): MappingNode {
    if (node.kind === 'mapping') return node;
    return this.blame(code, node, () => {
      throw noMember(this.value(node), what);
    });
  }

  /** The nodes of a list of mappings. */
  list(code: LoadErrorCode, node: YamlNode, what: string): readonly YamlNode[] {
    if (node.kind === 'sequence') return node.items;
    return this.blame(code, node, () => {
      const [first] = pyItems(this.value(node));
      if (first === undefined) return [];
      // Python loops over the characters of a text and the keys of a mapping, and fails at the first.
      throw noMember(first, what);
    });
  }
}

type Outcome = { readonly result: unknown } | { readonly raised: PyError | TooMuchWork };

function outcomeOf(read: (value: PyValue) => unknown, value: PyValue): Outcome {
  try {
    return { result: read(value) };
  } catch (error) {
    if (error instanceof PyError || error instanceof TooMuchWork) return { raised: error };
    throw error;
  }
}

function noMember(value: PyValue, what: string): PyError {
  return new PyError(
    'AttributeError',
    `'${pyTypeName(value)}' object has no attribute 'get'`,
    `${what} must be a mapping (key: value), and this is ${pyNoun(value)}`,
  );
}
