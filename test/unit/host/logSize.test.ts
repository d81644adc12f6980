import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { sizeOf } from '../../../src/host/sessions/logSize';

describe('The size of a log', () => {
  it('is nothing where it cannot be told', () => {
    for (const fsPath of ['/no/such/file', `/${'x'.repeat(5000)}`, `${process.execPath}/x`])
      assert.equal(sizeOf({ fsPath } as unknown as vscode.Uri), 0);
    assert.ok(sizeOf({ fsPath: process.execPath } as unknown as vscode.Uri) > 0);
  });
});
