// What a person sees: the command is typed into the palette, the broken lines are underlined, and the Problems view
// lists them.

import assert from 'node:assert/strict';
import { openProduct, type Product } from './product';

describe('Verify Chain, from the command palette', function () {
  // The first run installs VS Code and a browser.
  this.timeout(600_000);

  let product: Product | undefined;

  before(async () => {
    product = await openProduct({ workspace: 'sample' });
  });

  after(async () => {
    await product?.close();
  });

  it('underlines the broken lines of the tampered sample and lists them', async () => {
    const { page, hands } = product!;
    await hands.openFile(page, 'tampered.jsonl');
    assert.equal(await hands.squiggles(page).count(), 0, 'nothing is underlined before the command');

    await hands.runCommand(page, 'Aegis: Verify Chain');
    await hands.squiggles(page).first().waitFor();
    const problems = await (await hands.openProblems(page)).allInnerTexts();

    assert.match(problems[0] ?? '', /^tampered\.jsonl/, 'the list begins with the file');
    assert.ok(problems.length > 1, 'the list names what is wrong');
  });
});
