// Has an action approved as the README says, and shows what the answer was.
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const answers = [];
  const item = vscode.window.createStatusBarItem('answers', vscode.StatusBarAlignment.Left);
  subscriptions.push(
    item,
    vscode.commands.registerCommand('askingAgent.refund', async () => {
      const { approvalHandler } = await vscode.extensions
        .getExtension('aegis-audit-trail.aegis-audit-trail')
        .activate();
      const params = { order: 502, amount: 900 };
      const action = { type: 'refund', target: 'order/502', params, description: 'ticket 2', agentId: 'support-agent' };
      answers.push(await approvalHandler({ action, riskLevel: 'HIGH', matchedRule: 'approve_large_refunds' }));
      item.text = `Answers: ${answers.join(', ')}`;
      item.show();
    }),
  );
};
