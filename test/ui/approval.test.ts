// What a person does who is asked whether an agent may do something.

import assert from 'node:assert/strict';
import { openProduct, type Product } from './product';

describe('The question whether an agent may', function () {
  this.timeout(600_000);

  let product: Product | undefined;

  before(async () => {
    product = await openProduct({ workspace: 'sample', otherExtensions: ['test/ui/askingAgent'] });
  });

  after(async () => {
    await product?.close();
  });

  it('is a no for who presses Return or Escape, and a yes for who presses Approve', async () => {
    const { page, hands } = product!;
    const dialog = page.locator('.monaco-dialog-box');
    const told: string[] = [];
    for (const answer of [
      () => page.keyboard.press('Enter'),
      () => page.keyboard.press('Escape'),
      () => dialog.getByRole('button', { name: 'Approve' }).click(),
    ]) {
      await hands.runCommand(page, 'Asking Agent: Refund');
      await dialog.getByText('"amount": 900').waitFor();
      assert.match(await dialog.innerText(), /Approve refund on order\/502\?[^]*Rule: approve_large_refunds/);
      // It has the keyboard from the start.
      await dialog.locator('.monaco-button:focus').waitFor();
      await answer();
      await dialog.waitFor({ state: 'detached' });
      told.push('');
      await page.getByText(new RegExp(`Answers: (\\w+(, )?){${told.length}}$`)).waitFor();
    }
    assert.match(await page.getByText(/Answers: /).innerText(), /Answers: false, false, true$/);
  });
});
