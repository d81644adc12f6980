import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { appendEntry } from '../../src/core/chain/append';
import type { ChainEntry } from '../../src/core/chain/entry';
import { inShort, temporaryFile, verify } from './support';

describe('A chain of more than 50 MB', function () {
  this.timeout(180_000);

  it('is verified from the explorer without being opened, every break on its line', async () => {
    const uri = largeChain(120_000);
    const [report] = await verify(uri);
    assert.ok(fs.statSync(uri.fsPath).size > 55_000_000);
    assert.equal(report.entries, 120_000);
    assert.deepEqual(inShort(uri), ['60001 modified', '90001 modified']);
    assert.equal(
      vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()),
      false,
    );
    fs.rmSync(uri.fsPath);
  });
});

/** A chain in which the entries 60,000 and 90,000 were changed. */
function largeChain(count: number): vscode.Uri {
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const uri = temporaryFile('large.jsonl', '');
  const file = fs.openSync(uri.fsPath, 'w');
  let previous: ChainEntry | undefined;
  let lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const made = appendEntry(
      previous,
      {
        timestamp: '2026-03-29T10:30:02+00:00',
        agent_id: 'prod-agent-042',
        action_type: 'read_file',
        action_target: `src/module-${i % 97}/file.ts`,
        decision: 'auto',
        risk_level: 'low',
        matched_rule: 'allow_reads',
        metadata: { session_id: `s-${i >> 6}`, note: 'x'.repeat(80) },
      },
      hash,
    );
    previous = made.entry;
    const isChanged = i === 60_000 || i === 90_000;
    lines.push(isChanged ? made.line.replace('"auto"', '"block"') : made.line, '\n');
    if (lines.length > 10_000 || i === count - 1) {
      fs.writeSync(file, lines.join(''));
      lines = [];
    }
  }
  fs.closeSync(file);
  return uri;
}
