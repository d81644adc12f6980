// `node main.mjs [FOLDER]`: a day of the support agent, recorded in that folder. Needs Node 22.13 or newer.
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const directory = process.argv[2] ?? fileURLToPath(new URL('.aegis', import.meta.url));
const trail = await run({ directory, say: console.log });

const { valid, entries } = await trail.verify();
console.log(`\n${trail.count()} actions are recorded in ${trail.databasePath}.`);
console.log(`The chain beside it has ${entries} entries and is ${valid ? 'intact' : 'broken'}.`);
console.log('Open the folder in VS Code and look at the shield in the activity bar.');
