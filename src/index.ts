// The library door: what a program may import.
export type { Algorithm } from './core/chain/hash';
export type { Break, BreakKind } from './core/chain/explain/break';
export type { ChainReport, Expectation, Tail } from './core/chain/report';
