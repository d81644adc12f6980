// What bench/follow.mjs measures, as a bundle of its own: no door of the package follows chains but the editor's.
export { readChainFile } from '../src/chainfile/chainFile';
export { ChainFollower } from '../src/chainfile/chainFollower';
