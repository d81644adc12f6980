/** Columns of the block collections that are open. */
export class Indentation {
  /** Of the innermost, -1 outside of all. */
  column = -1;
  private readonly outer: number[] = [];

  /** Whether a collection begins at a column, which is one where it is further in than the innermost. */
  begin(column: number): boolean {
    if (this.column >= column) return false;
    this.outer.push(this.column);
    this.column = column;
    return true;
  }

  /** Ends one that is further in than a column. Returns whether there was one. */
  endBeyond(column: number): boolean {
    if (this.column <= column) return false;
    this.column = this.outer.pop()!;
    return true;
  }
}
