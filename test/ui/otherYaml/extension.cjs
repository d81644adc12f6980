// Another extension that checks YAML, as a person may have one beside ours: it finds something in every file with a "rules" key, offers
// a fix, a completion, a hover, an outline and a lens.
const vscode = require('vscode');

const FILES = { language: 'yaml' };

exports.activate = (context) => {
  const collection = vscode.languages.createDiagnosticCollection('other-yaml');
  const check = (document) => {
    if (document.languageId !== 'yaml') return;
    const found = [...document.getText().matchAll(/^rules:/gm)].map(({ index }) => {
      const range = new vscode.Range(document.positionAt(index), document.positionAt(index + 5));
      const diagnostic = new vscode.Diagnostic(
        range,
        'The other extension was here',
        vscode.DiagnosticSeverity.Warning,
      );
      diagnostic.source = 'Other YAML';
      diagnostic.code = 'other';
      return diagnostic;
    });
    collection.set(document.uri, found);
  };
  vscode.workspace.textDocuments.forEach(check);
  context.subscriptions.push(
    collection,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.languages.registerHoverProvider(FILES, {
      provideHover: () => new vscode.Hover('The other extension has a hover'),
    }),
    vscode.languages.registerCompletionItemProvider(FILES, {
      provideCompletionItems: () => [new vscode.CompletionItem('other_word', vscode.CompletionItemKind.Text)],
    }),
    vscode.languages.registerCodeLensProvider(FILES, {
      provideCodeLenses: () => [
        new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title: 'Other lens', command: '' }),
      ],
    }),
  );
};
